package dev.poolwright.scan.infra;

import dev.poolwright.model.fleet.Service.Instances;
import dev.poolwright.model.fleet.Service.Rollout;
import dev.poolwright.model.fleet.Service.Surge;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.config.ConfigNode;
import java.util.Optional;

/** How many pods of a Kubernetes workload run, and how many more during a rolling deploy. */
final class Scaling {

    /** Kubernetes documentation, "Deployments": {@code maxSurge} defaults to 25 %, rounded up. */
    private static final Surge QUARTER = new Surge(0, 0.25);

    private static final String KUBERNETES = "kubernetes";

    private Scaling() {}

    static Instances of(ConfigNode workload, String name, Manifest manifest) {
        String kind = workload.text("kind");
        return switch (kind) {
            case "Job", "CronJob" -> jobs(workload, kind.equals("CronJob"), manifest);
            case "DaemonSet" -> {
                Value<Integer> nodes =
                        Values.unknown("one runs on each node", "the number of nodes", workload.origin());
                yield new Instances(nodes, nodes, none(), Rollout.ROLLING, "");
            }
            case "Pod" -> fixed(new Value.Default<>(1, KUBERNETES, ""), none(), Rollout.RECREATE);
            default -> stated(workload, name, manifest);
        };
    }

    static Instances fixed(Value<Integer> count, Value<Surge> surge, Rollout rollout) {
        return new Instances(count, count, surge, rollout, "");
    }

    static Value<Surge> none() {
        return new Value.Default<>(Surge.NONE, KUBERNETES, "");
    }

    private static Instances jobs(ConfigNode workload, boolean cron, Manifest manifest) {
        String[] path = cron
                ? new String[] {"spec", "jobTemplate", "spec", "parallelism"}
                : new String[] {"spec", "parallelism"};
        Value<Integer> most = count(workload, 1, manifest, path);
        return new Instances(
                new Value.Default<>(0, KUBERNETES, ""), most, none(), Rollout.RECREATE, cron ? "schedule" : "");
    }

    private static Instances stated(ConfigNode workload, String name, Manifest manifest) {
        Value<Integer> running = count(workload, 1, manifest, "spec", "replicas");
        Value<Surge> surge = surge(workload, manifest);
        String strategy = manifest.text(workload, "spec", "strategy", "type")
                + manifest.text(workload, "spec", "updateStrategy", "type");
        Rollout rollout = strategy.equals("Recreate") ? Rollout.RECREATE : Rollout.ROLLING;
        Optional<ConfigNode> found =
                manifest.cluster().autoscaler(name, workload.origin().file());
        if (found.isEmpty()) {
            return fixed(running, surge, rollout);
        }
        ConfigNode scaler = found.get();
        boolean keda = scaler.text("kind").equals("ScaledObject");
        Value<Integer> least = keda
                ? count(scaler, 0, manifest, "spec", "minReplicaCount")
                : count(scaler, 1, manifest, "spec", "minReplicas");
        Value<Integer> most = keda
                ? count(scaler, 100, manifest, "spec", "maxReplicaCount")
                : count(scaler, 1, manifest, "spec", "maxReplicas");
        return new Instances(least, most, surge, rollout, scale(scaler));
    }

    private static String scale(ConfigNode scaler) {
        String resource = scaler.items("spec", "metrics").stream()
                .map(metric -> metric.text("resource", "name"))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
        String trigger = scaler.items("spec", "triggers").stream()
                .map(one -> one.text("type"))
                .findFirst()
                .orElse("");
        return !resource.isEmpty() ? resource : !trigger.isEmpty() ? trigger : "cpu";
    }

    private static Value<Integer> count(ConfigNode node, int standard, Manifest manifest, String... path) {
        Optional<ConfigNode> written = node.at(path).filter(one -> !isNull(one));
        return written.map(one -> Values.integer(manifest.scalars().apply(one)))
                .orElseGet(() -> new Value.Default<>(standard, KUBERNETES, ""));
    }

    static boolean isNull(ConfigNode node) {
        return node instanceof ConfigNode.Scalar scalar
                && !scalar.quoted()
                && (scalar.text().isEmpty()
                        || scalar.text().equals("null")
                        || scalar.text().equals("~"));
    }

    private static Value<Surge> surge(ConfigNode workload, Manifest manifest) {
        String kind = workload.text("kind");
        String strategy = manifest.text(workload, "spec", "strategy", "type");
        if (kind.equals("StatefulSet") || strategy.equals("Recreate") || strategy.equals("Custom")) {
            return none();
        }
        return workload.at("spec", "strategy", "rollingUpdate", "maxSurge")
                .or(() -> workload.at("spec", "strategy", "rollingParams", "maxSurge"))
                .or(() -> workload.at("spec", "strategy", "canary", "maxSurge"))
                .filter(one -> !isNull(one))
                .map(one -> Values.map(manifest.scalars().apply(one), Scaling::surge, "not a number or a share"))
                .orElseGet(() -> new Value.Default<>(QUARTER, KUBERNETES, ""));
    }

    static Optional<Surge> surge(String text) {
        String plain = text.strip();
        if (plain.matches("\\d{1,4}")) {
            return Optional.of(new Surge(Integer.parseInt(plain), 0));
        }
        return plain.matches("\\d{1,4}%")
                ? Optional.of(new Surge(0, Integer.parseInt(plain.substring(0, plain.length() - 1)) / 100.0))
                : Optional.empty();
    }
}
