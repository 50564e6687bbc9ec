package dev.poolwright.scan.library;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;

/** Node: {@code package.json}. */
final class PackageJsonReader implements Reader {

    private static final List<String> GROUPS =
            List.of("dependencies", "devDependencies", "optionalDependencies", "peerDependencies");

    @Override
    public Stage stage() {
        return Stage.LIBRARIES;
    }

    @Override
    public Interest interest() {
        return Interest.named(EnumSet.of(Language.JSON), file -> file.fileName().equals("package.json"));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Found found = new Found(file, facts);
        for (ConfigNode root : project.config(file)) {
            for (String group : GROUPS) {
                root.entries(group).forEach((name, range) -> found.node(name, range.text(), range.origin()));
            }
        }
    }
}
