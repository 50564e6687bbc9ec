package dev.poolwright.scan.library;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.function.Consumer;

/** Python: Conda's {@code environment.yml}, with what pip installs on top. */
final class CondaReader implements Reader {

    @Override
    public Stage stage() {
        return Stage.LIBRARIES;
    }

    @Override
    public Interest interest() {
        return Interest.named(
                EnumSet.of(Language.YAML),
                file -> file.fileName().matches("(?:conda[-_])?env(?:ironment)?[\\w-]{0,40}\\.ya?ml"));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Found found = new Found(file, facts);
        for (ConfigNode root : project.config(file)) {
            for (ConfigNode dependency : root.items("dependencies")) {
                String text = dependency.text();
                // Conda writes name=1.2 or name=1.2=build where pip writes name==1.2.
                String[] parts = text.split("(?<![=<>!~])=(?!=)", 3);
                found.requirement(parts.length > 1 ? parts[0] + "==" + parts[1] : text, dependency.origin());
                dependency.items("pip").forEach(one -> found.requirement(one.text(), one.origin()));
            }
        }
    }
}
