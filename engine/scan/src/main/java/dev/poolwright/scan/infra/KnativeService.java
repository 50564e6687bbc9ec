package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fleet.Service.Instances;
import dev.poolwright.model.fleet.Service.Rollout;
import dev.poolwright.model.fleet.Service.Surge;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.config.ConfigNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A service of Knative, or of Cloud Run, which has the same form. */
final class KnativeService {

    /** Cloud Run's defaults ("Theory and facts", 2.3): at most 100 instances, at least none. */
    static final int CLOUD_RUN_MOST = 100;

    private KnativeService() {}

    static Deployment of(ConfigNode object, Manifest manifest) {
        ConfigNode pod = object.at("spec", "template", "spec").orElse(object);
        List<ConfigNode> containers = pod.items("containers");
        ConfigNode container = containers.stream()
                .filter(one -> one.at("ports").isPresent())
                .findFirst()
                .or(() -> containers.stream().findFirst())
                .orElse(pod);
        boolean cloudRun = mentions(object.entries("metadata", "annotations"))
                || mentions(object.entries("metadata", "labels"))
                || mentions(object.entries("spec", "template", "metadata", "annotations"));
        Value<Integer> least = scale(object, manifest, "minScale", "min-scale")
                .orElseGet(() -> new Value.Default<>(0, "cloud-run", ""));
        Value<Integer> most = scale(object, manifest, "maxScale", "max-scale")
                .orElseGet(() -> cloudRun
                        ? new Value.Default<>(CLOUD_RUN_MOST, "cloud-run", "")
                        : Value.unknown("Knative has no bound where none is written", "maxScale"));
        return new Deployment(
                manifest.name(object, "metadata", "name"),
                cloudRun ? "cloud-run" : "knative",
                manifest.environment(),
                "",
                Image.of(manifest.text(container, "image")).name(),
                new Instances(least, most, revisions(most), Rollout.ROLLING, "concurrency"),
                PodVariables.of(container, manifest),
                Secrets.masked(container.items("args").stream()
                        .map(one -> manifest.text(one))
                        .toList()),
                pod.at("timeoutSeconds").isPresent()
                        ? Values.seconds(manifest.value(pod, "timeoutSeconds"))
                        : new Value.Default<>(java.time.Duration.ofMinutes(5), "cloud-run", ""),
                manifest.place(),
                object.origin());
    }

    /** A new revision starts beside the old one, which ends when its requests have ended: for a time there are twice as many. */
    static Value<Surge> revisions(Value<Integer> most) {
        return new Value.Default<>(new Surge(0, 1), "cloud-run", "");
    }

    private static boolean mentions(Map<String, ConfigNode> annotations) {
        return annotations.keySet().stream()
                .anyMatch(key -> key.startsWith("run.googleapis.com/") || key.startsWith("cloud.googleapis.com/"));
    }

    private static Optional<Value<Integer>> scale(ConfigNode object, Manifest manifest, String... names) {
        for (String name : names) {
            for (List<String> above : List.of(
                    List.of("spec", "template", "metadata", "annotations"), List.of("metadata", "annotations"))) {
                Optional<ConfigNode> found = object.at(above.toArray(String[]::new))
                        .flatMap(annotations -> annotations.at("autoscaling.knative.dev/" + name));
                if (found.isPresent()) {
                    return Optional.of(Values.integer(manifest.scalars().apply(found.get())));
                }
            }
        }
        return Optional.empty();
    }
}
