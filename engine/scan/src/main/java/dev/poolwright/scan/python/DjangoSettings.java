package dev.poolwright.scan.python;

import dev.poolwright.scan.python.Py.Option;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code django.conf.settings.X}: what the settings modules of the tree say. */
final class DjangoSettings {

    private static final int MOST_MODULES = 6;

    private DjangoSettings() {}

    static Py value(Evaluator evaluator, String name, SyntaxNode node) {
        List<Option> options = new ArrayList<>();
        List<SourceFile> modules = evaluator.project().tree().files().stream()
                .filter(DjangoSettings::isSettings)
                .limit(MOST_MODULES)
                .toList();
        for (SourceFile file : modules) {
            Optional<PythonModule> module = evaluator.index().module(file);
            if (module.isPresent() && !module.get().scope().named(name).isEmpty()) {
                options.add(new Option("with " + file.name(), evaluator.member(module.get(), name, node)));
            }
        }
        return options.isEmpty() ? Py.unknown("a setting that no settings module has", node) : Choices.of(options);
    }

    /** By its name: {@code settings.py}, {@code settings/production.py}. */
    static boolean isSettings(SourceFile file) {
        return file.language() == Language.PYTHON
                && file.place() == dev.poolwright.model.fact.Place.MAIN
                && (file.fileName().equals("settings.py")
                        || file.fileName().startsWith("settings_")
                        || file.folder().endsWith("/settings")
                        || file.folder().equals("settings"));
    }
}
