package dev.poolwright.scan.library;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Python: {@code pyproject.toml} (PEP 621, PEP 735, Poetry, PDM, uv) and {@code Pipfile}. */
final class PyprojectReader implements Reader {

    @Override
    public Stage stage() {
        return Stage.LIBRARIES;
    }

    @Override
    public Interest interest() {
        return Interest.named(
                EnumSet.of(Language.TOML),
                file -> file.fileName().equals("pyproject.toml")
                        || file.fileName().equals("Pipfile"));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Found found = new Found(file, facts);
        for (ConfigNode root : project.config(file)) {
            list(root.at("project", "dependencies"), found);
            lists(root.entries("project", "optional-dependencies"), found);
            lists(root.entries("dependency-groups"), found);
            lists(root.entries("tool", "pdm", "dev-dependencies"), found);
            list(root.at("tool", "uv", "dev-dependencies"), found);
            table(root.entries("tool", "poetry", "dependencies"), found);
            table(root.entries("tool", "poetry", "dev-dependencies"), found);
            root.entries("tool", "poetry", "group")
                    .values()
                    .forEach(group -> table(group.entries("dependencies"), found));
            table(root.entries("packages"), found);
            table(root.entries("dev-packages"), found);
        }
    }

    private static void lists(Map<String, ConfigNode> groups, Found found) {
        groups.values().forEach(group -> list(Optional.of(group), found));
    }

    private static void list(Optional<ConfigNode> list, Found found) {
        list.ifPresent(node -> node.items().forEach(one -> found.requirement(one.text(), one.origin())));
    }

    /** {@code name = "^2.0"} and {@code name = {version = "^2.0", extras = [...]}}; several constraints by list. */
    private static void table(Map<String, ConfigNode> table, Found found) {
        table.forEach((name, value) -> {
            ConfigNode one = value.items().isEmpty() ? value : value.items().get(0);
            String version = one.text().isEmpty() ? one.text("version") : one.text();
            found.python(name, version, value.origin());
            one.items("extras").forEach(extra -> found.extras(name, extra.text(), extra.origin()));
        });
    }
}
