package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Service.Instances;
import dev.poolwright.model.fleet.Service.Rollout;
import dev.poolwright.model.fleet.Service.Surge;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Task definitions and services of ECS as the AWS command line takes them. */
final class EcsReader implements Reader {

    /** AWS documentation, "CreateService": maximumPercent is 200 where it is not said. */
    private static final Surge DOUBLE = new Surge(0, 1);

    @Override
    public Stage stage() {
        return Stage.MANIFESTS;
    }

    @Override
    public Interest interest() {
        return Interest.in(EnumSet.of(Language.JSON, Language.YAML), "containerDefinitions", "desiredCount");
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        for (ConfigNode root : project.config(file)) {
            ConfigNode task = root.at("taskDefinition")
                    .filter(ConfigNode.Entries.class::isInstance)
                    .orElse(root);
            Optional<ConfigNode> container = task.items("containerDefinitions").stream()
                    .filter(one -> !Image.of(one.text("image")).isSidecar())
                    .findFirst();
            boolean service = root.at("desiredCount").isPresent();
            if (container.isEmpty() && !service) {
                continue;
            }
            String family = task.text("family");
            String name = root.text("serviceName").isEmpty() ? family : root.text("serviceName");
            ConfigNode one = container.orElse(root);
            facts.accept(new Deployment(
                    name.isEmpty() ? one.text("name") : name,
                    "ecs",
                    Environments.of(file.name()),
                    "",
                    Image.of(one.text("image")).name(),
                    instances(root),
                    variables(one),
                    Secrets.masked(one.items("command").stream()
                            .map(word -> Manifest.plain(word).or(""))
                            .toList()),
                    Values.noTimeout(),
                    Manifest.placeOf(file),
                    one.origin()));
        }
    }

    private static Instances instances(ConfigNode root) {
        Value<Integer> count = root.at("desiredCount")
                .map(node -> Values.integer(Manifest.plain(node)))
                .orElseGet(() -> Values.unknown(
                        "a task definition does not say it", "desiredCount of the service", root.origin()));
        Value<Surge> surge =
                surge(root.at("deploymentConfiguration", "maximumPercent").map(Manifest::plain));
        return new Instances(count, count, surge, Rollout.ROLLING, "");
    }

    static Value<Surge> surge(Optional<Value<String>> maximumPercent) {
        return maximumPercent
                .map(text -> Values.map(Values.integer(text), one -> Optional.of(TerraformServices.share(one)), ""))
                .orElseGet(() -> new Value.Default<>(DOUBLE, "ecs", ""));
    }

    private static Map<String, Value<String>> variables(ConfigNode container) {
        Map<String, Value<String>> variables = new LinkedHashMap<>();
        for (ConfigNode one : container.items("environment")) {
            String name = one.text("name");
            variables.put(
                    name,
                    Values.masked(name, one.at("value").map(Manifest::plain).orElseGet(() -> Manifest.plain(one))));
        }
        for (ConfigNode one : container.items("secrets")) {
            variables.put(
                    one.text("name"), Values.unknown("comes from a secret", "the running environment", one.origin()));
        }
        return variables;
    }
}
