package dev.poolwright.scan.node;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.model.fleet.Value.Case;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the library {@code config} reads: {@code config/production.*} over {@code config/default.*}, from the nearest such folder. */
final class NodeConfigFiles {

    private static final List<String> ENDINGS = List.of("json", "yaml", "yml", "toml");

    private final Project project;

    NodeConfigFiles(Project project) {
        this.project = project;
    }

    /** The value under these keys, for a program that the file belongs to. */
    Value<Object> value(SourceFile user, List<String> keys, Origin use) {
        String folder = user.folder();
        for (int up = 0; up < 12; up++) {
            Optional<ConfigNode.Scalar> preset = scalar(folder, "default", keys);
            Optional<ConfigNode.Scalar> production = scalar(folder, "production", keys);
            if (production.isPresent() || preset.isPresent()) {
                return either(preset, production, String.join(".", keys), use);
            }
            if (folder.isEmpty()) {
                break;
            }
            folder = folder.contains("/") ? folder.substring(0, folder.lastIndexOf('/')) : "";
        }
        return new Value.Unknown<>(
                "config key " + String.join(".", keys) + " is in no configuration file of this tree",
                "the file that holds it",
                use);
    }

    private static Value<Object> either(
            Optional<ConfigNode.Scalar> preset, Optional<ConfigNode.Scalar> production, String key, Origin use) {
        List<Case<Object>> cases = new ArrayList<>();
        production.ifPresent(one -> cases.add(new Case<>("NODE_ENV=production", known(one, key, use))));
        preset.ifPresent(one -> cases.add(new Case<>("NODE_ENV not production", known(one, key, use))));
        boolean same = cases.size() < 2
                || cases.get(0).value().possible().equals(cases.get(1).value().possible());
        return same
                ? cases.getFirst().value()
                : new Value.OneOf<>(cases, cases.getFirst().value().origin());
    }

    private static Value<Object> known(ConfigNode.Scalar scalar, String key, Origin use) {
        Object value = scalar.quoted() ? scalar.text() : NodeValues.parsed(scalar.text());
        return Value.known(value, scalar.origin(), List.of(new Step("config key " + key, use)));
    }

    private Optional<ConfigNode.Scalar> scalar(String folder, String name, List<String> keys) {
        for (String ending : ENDINGS) {
            Optional<SourceFile> file = project.file(NodeIndex.join(folder, "config/" + name + "." + ending));
            if (file.isPresent()) {
                for (ConfigNode document : project.config(file.get())) {
                    Optional<ConfigNode> found = document.at(keys.toArray(String[]::new));
                    if (found.isPresent() && found.get() instanceof ConfigNode.Scalar scalar) {
                        return Optional.of(scalar);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
