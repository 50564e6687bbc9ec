package dev.poolwright.scan.library;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;

/** Python: {@code setup.cfg}. */
final class SetupCfgReader implements Reader {

    @Override
    public Stage stage() {
        return Stage.LIBRARIES;
    }

    @Override
    public Interest interest() {
        return Interest.named(EnumSet.of(Language.INI), file -> file.fileName().equals("setup.cfg"));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Found found = new Found(file, facts);
        for (ConfigNode root : project.config(file)) {
            root.scalar("options", "install_requires").ifPresent(list -> requirements(list, found));
            root.entries("options.extras_require").values().stream()
                    .flatMap(list -> list.scalar().stream())
                    .forEach(list -> requirements(list, found));
        }
    }

    /** One to a line; line n of the text is n lines below its place. */
    private static void requirements(ConfigNode.Scalar list, Found found) {
        List<String> lines = list.text().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Origin origin = new Origin(list.origin().file(), list.origin().line() + i, 1);
            found.requirement(lines.get(i), origin);
        }
    }
}
