package dev.poolwright.scan.jvm;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.jvm.pool.JvmModules;
import dev.poolwright.scan.jvm.settings.AppSettings;
import dev.poolwright.scan.jvm.settings.Setting;
import dev.poolwright.scan.jvm.settings.SpringProperties;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;

/** Reads the configuration of an application as a whole, once, when the first of its files that concerns it comes along. */
abstract class ApplicationReader implements Reader {

    private final List<String> words;

    ApplicationReader(String... words) {
        this.words = List.of(words);
    }

    /** Whether a setting is one that this reader reads. */
    abstract boolean concerns(Setting setting);

    abstract void read(AppSettings app, Project project, Consumer<Fact> facts);

    /** Whether copies of the configuration that stand with manifests are read too. */
    boolean readsCopies() {
        return false;
    }

    @Override
    public final Stage stage() {
        return Stage.CODE;
    }

    @Override
    public final Interest interest() {
        return new Interest(EnumSet.of(Language.YAML, Language.PROPERTIES), SpringProperties::canBeOne, words);
    }

    @Override
    public final void read(SourceFile file, Project project, Consumer<Fact> facts) {
        SpringProperties all = SpringProperties.of(project);
        all.of(file)
                .filter(app -> leads(app, file) && (readsCopies() || all.isProgram(app, JvmModules.of(project))))
                .ifPresent(app -> read(app, project, facts));
    }

    private boolean leads(AppSettings app, SourceFile file) {
        return app.all().stream()
                .filter(this::concerns)
                .map(setting -> setting.file().name())
                .min(String::compareTo)
                .map(file.name()::equals)
                .orElse(false);
    }
}
