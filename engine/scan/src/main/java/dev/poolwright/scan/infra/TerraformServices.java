package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Service.Instances;
import dev.poolwright.model.fleet.Service.Rollout;
import dev.poolwright.model.fleet.Service.Surge;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.config.ConfigNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Services that Terraform makes: Cloud Run and ECS. */
record TerraformServices(TerraformModule module, Place place, String environment, Consumer<Fact> facts) {

    void read(ConfigNode file) {
        TerraformModule.resources(file, "google_cloud_run_v2_service")
                .forEach((label, blocks) -> blocks.forEach(block -> cloudRun(label, block, true)));
        TerraformModule.resources(file, "google_cloud_run_service")
                .forEach((label, blocks) -> blocks.forEach(block -> cloudRun(label, block, false)));
        TerraformModule.resources(file, "aws_ecs_service")
                .forEach((label, blocks) -> blocks.forEach(block -> ecs(label, block)));
    }

    private static ConfigNode first(ConfigNode node, String... path) {
        List<ConfigNode> blocks = TerraformModule.blocks(node, path);
        return blocks.isEmpty() ? new ConfigNode.Entries(Map.of(), node.origin()) : blocks.getFirst();
    }

    private void cloudRun(String label, ConfigNode block, boolean second) {
        ConfigNode template = first(block, "template");
        ConfigNode pod = second ? template : first(template, "spec");
        ConfigNode container = first(pod, "containers");
        ConfigNode scaling = second ? first(template, "scaling") : first(first(template, "metadata"), "annotations");
        String least = second ? "min_instance_count" : "autoscaling.knative.dev/minScale";
        String most = second ? "max_instance_count" : "autoscaling.knative.dev/maxScale";
        String name = module.name(block, label, "name");
        CloudRunSettings settings = new CloudRunSettings(
                name,
                environment,
                "",
                Image.of(module.name(container, "", "image")).name(),
                count(scaling, least),
                count(scaling, most),
                optional(pod, second ? "max_instance_request_concurrency" : "container_concurrency"),
                optional(pod, second ? "timeout" : "timeout_seconds"),
                variables(TerraformModule.blocks(container, "env")),
                second
                        ? optional(first(template, "vpc_access"), "connector")
                        : optional(scaling, "run.googleapis.com/vpc-access-connector"),
                second
                        ? optional(first(template, "vpc_access"), "egress")
                        : optional(scaling, "run.googleapis.com/vpc-access-egress"));
        settings.emit("terraform", place, block.origin(), facts);
    }

    private Optional<Value<String>> optional(ConfigNode block, String key) {
        return block.at(key).map(module::value);
    }

    private Optional<Value<Integer>> count(ConfigNode block, String key) {
        return optional(block, key).map(Values::integer);
    }

    private Map<String, Value<String>> variables(List<ConfigNode> entries) {
        Map<String, Value<String>> variables = new LinkedHashMap<>();
        for (ConfigNode one : entries) {
            String name = one.text("name");
            boolean elsewhere =
                    one.at("value_source").isPresent() || one.at("value_from").isPresent();
            if (!name.isEmpty()) {
                Value<String> value = elsewhere
                        ? Values.unknown("comes from a secret", "the running environment", one.origin())
                        : module.value(one, "value");
                variables.put(name, Values.masked(name, value));
            }
        }
        return variables;
    }

    private void ecs(String label, ConfigNode block) {
        Optional<ConfigNode> target =
                module.mentioning("aws_appautoscaling_target", "resource_id", "aws_ecs_service." + label + ".");
        Value<Integer> desired = count(block, "desired_count").orElseGet(() -> new Value.Default<>(1, "ecs", ""));
        Value<Integer> least = target.flatMap(one -> count(one, "min_capacity")).orElse(desired);
        Value<Integer> most = target.flatMap(one -> count(one, "max_capacity")).orElse(desired);
        Optional<ConfigNode> task = module.named("aws_ecs_task_definition", block.text("task_definition"));
        List<ConfigNode> containers = task.flatMap(one -> one.at("container_definitions"))
                .map(TerraformModule::several)
                .orElse(List.of());
        ConfigNode container = containers.stream()
                .filter(one -> !Image.of(module.name(one, "", "image")).isSidecar())
                .findFirst()
                .orElse(block);
        facts.accept(new Deployment(
                module.name(block, label, "name"),
                "ecs",
                environment,
                "",
                Image.of(module.name(container, "", "image")).name(),
                new Instances(
                        least,
                        most,
                        EcsReader.surge(optional(block, "deployment_maximum_percent")),
                        Rollout.ROLLING,
                        target.isPresent() ? "target tracking" : ""),
                variables(container.items("environment")),
                Secrets.masked(container.items("command").stream()
                        .map(one -> module.value(one).or(""))
                        .toList()),
                Values.noTimeout(),
                place,
                block.origin()));
    }

    static Surge share(int percent) {
        return percent <= 100 ? Surge.NONE : new Surge(0, (percent - 100) / 100.0);
    }
}
