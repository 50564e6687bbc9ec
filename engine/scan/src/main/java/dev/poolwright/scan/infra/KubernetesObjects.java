package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.DeclaredPath;
import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.project.Project;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Facts of the objects of a Kubernetes manifest: workloads, databases of operators, and what templates and lists hold. */
final class KubernetesObjects {

    static final Set<String> WORKLOADS = Set.of(
            "Deployment",
            "StatefulSet",
            "DaemonSet",
            "DeploymentConfig",
            "Rollout",
            "CronJob",
            "Job",
            "Pod",
            "ReplicaSet");

    private static final int DEEPEST = 4;
    private static final Pattern PARAMETER = Pattern.compile("\\$\\{\\{?(\\w+)}?}");

    private final Project project;
    private final Consumer<Fact> facts;

    KubernetesObjects(Project project, Consumer<Fact> facts) {
        this.project = project;
        this.facts = facts;
    }

    void read(ConfigNode object, Manifest manifest) {
        read(object, manifest, 0);
    }

    private void read(ConfigNode object, Manifest manifest, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        String kind = object.text("kind");
        if (WORKLOADS.contains(kind)) {
            workload(object, manifest);
        } else if (kind.equals("Service") && object.text("apiVersion").startsWith("serving.knative.dev")) {
            facts.accept(KnativeService.of(object, manifest));
        } else if (kind.equals("List")) {
            object.items("items").forEach(item -> read(item, manifest, depth + 1));
        } else if (kind.equals("Template")) {
            Manifest inside = manifest.with(parameters(object, manifest));
            object.items("objects").forEach(item -> read(item, inside, depth + 1));
        } else if (kind.equals("ConfigMap")) {
            ConfigFiles.ofConfigMap(object, manifest, facts);
        } else {
            DatabaseOperators.read(object, manifest, facts);
        }
    }

    /** What <code>${NAME}</code> means in an OpenShift template: the value of its parameter, where it has one. */
    private static java.util.function.Function<ConfigNode, Value<String>> parameters(
            ConfigNode template, Manifest manifest) {
        Map<String, Value<String>> values = new HashMap<>();
        for (ConfigNode parameter : template.items("parameters")) {
            if (parameter.at("value").isPresent()) {
                values.put(parameter.text("name"), manifest.value(parameter, "value"));
            }
        }
        return node -> {
            Value<String> written = manifest.scalars().apply(node);
            String text = written.single().orElse("");
            if (!text.contains("${")) {
                return written;
            }
            String known = PARAMETER
                    .matcher(text)
                    .replaceAll(found -> Matcher.quoteReplacement(Optional.ofNullable(values.get(found.group(1)))
                            .flatMap(Value::single)
                            .orElse("${" + found.group(1) + "}")));
            Matcher whole = PARAMETER.matcher(text);
            if (known.contains("${")) {
                return Values.unknown(
                        "a parameter of the template has no value", Manifest.PARTLY + known, node.origin());
            }
            Value<String> parameter = whole.matches() ? values.get(whole.group(1)) : null;
            return parameter instanceof Value.Known<String> one
                    ? Value.known(known, one.origin(), List.of(new Step("parameter of the template", node.origin())))
                    : Value.known(known, node.origin());
        };
    }

    private static ConfigNode pod(ConfigNode object) {
        String[] path = switch (object.text("kind")) {
            case "Pod" -> new String[] {"spec"};
            case "CronJob" -> new String[] {"spec", "jobTemplate", "spec", "template", "spec"};
            default -> new String[] {"spec", "template", "spec"};
        };
        return object.at(path).orElse(object);
    }

    private static Map<String, ConfigNode> labels(ConfigNode object) {
        return object.text("kind").equals("Pod")
                ? object.entries("metadata", "labels")
                : object.entries("spec", "template", "metadata", "labels");
    }

    private void workload(ConfigNode object, Manifest manifest) {
        List<ConfigNode> containers = pod(object).items("containers").stream()
                .filter(one -> one.at("image").isPresent())
                .toList();
        String name = manifest.name(object, "metadata", "name");
        if (name.isEmpty() || containers.isEmpty()) {
            return; // part of a patch, or of another tool
        }
        List<ConfigNode> own = containers.stream()
                .filter(one -> !Image.of(manifest.name(one, "image")).isSidecar())
                .toList();
        for (ConfigNode container : containers) {
            Image image = Image.of(manifest.name(container, "image"));
            String host = manifest.cluster()
                    .serviceOf(labels(object), object.origin().file(), manifest)
                    .orElse(name);
            DatabaseContainer database = new DatabaseContainer(
                    host,
                    image,
                    words(container, manifest),
                    PodVariables.of(container, manifest),
                    container.items("ports").stream()
                            .map(port -> port.text("containerPort"))
                            .toList(),
                    manifest.place(),
                    object.origin());
            Optional<? extends Fact> declared = database.pooler().isPresent() ? database.pooler() : database.server();
            declared.ifPresent(facts);
            if (declared.isEmpty() && (containers.size() == 1 || own.contains(container))) {
                String called = own.size() > 1 ? name + "/" + manifest.name(container, "name") : name;
                deployment(object, container, name, called, image, manifest);
            }
        }
    }

    private static List<String> words(ConfigNode container, Manifest manifest) {
        List<String> words = new ArrayList<>();
        for (String part : List.of("command", "args")) {
            for (ConfigNode word : container.items(part)) {
                words.add(manifest.text(word));
            }
        }
        return words;
    }

    private void deployment(
            ConfigNode object, ConfigNode container, String name, String called, Image image, Manifest manifest) {
        List<String> words = words(container, manifest);
        Map<String, Value<String>> variables = PodVariables.of(container, manifest);
        facts.accept(new Deployment(
                called,
                manifest.kind(),
                manifest.environment(),
                "",
                image.name(),
                Scaling.of(object, name, manifest),
                variables,
                Secrets.masked(words),
                Values.noTimeout(),
                manifest.place(),
                object.origin()));
        List<StartCommand> commands = StartCommand.of(
                words,
                variables,
                container
                        .at("command")
                        .or(() -> container.at("args"))
                        .orElse(container)
                        .origin());
        WorkerCommand.of(called, commands, manifest.place(), ServerConfigs.named(project, ""))
                .ifPresent(facts);
        probe("readiness-probe", "readinessProbe", called, container, manifest);
        probe("liveness-probe", "livenessProbe", called, container, manifest);
    }

    private void probe(String kind, String key, String called, ConfigNode container, Manifest manifest) {
        container.at(key).filter(probe -> probe.at("httpGet").isPresent()).ifPresent(probe -> {
            Map<String, Value<Object>> settings = new LinkedHashMap<>();
            settings.put("path", Values.setting(manifest.value(probe, "httpGet", "path")));
            for (String setting :
                    List.of("periodSeconds", "timeoutSeconds", "failureThreshold", "initialDelaySeconds")) {
                if (probe.at(setting).isPresent()) {
                    settings.put(setting, Values.setting(manifest.value(probe, setting)));
                }
            }
            facts.accept(new DeclaredPath(called, kind, settings, manifest.place(), probe.origin()));
        });
    }
}
