package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.DeclaredPath;
import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Service.Instances;
import dev.poolwright.model.fleet.Service.Rollout;
import dev.poolwright.model.fleet.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a service of Cloud Run is deployed with, whichever way it is written. */
record CloudRunSettings(
        String name,
        String environment,
        String source,
        String image,
        Optional<Value<Integer>> least,
        Optional<Value<Integer>> most,
        Optional<Value<String>> concurrency,
        Optional<Value<String>> timeout,
        Map<String, Value<String>> variables,
        Optional<Value<String>> connector,
        Optional<Value<String>> egress) {

    /** Cloud Run documentation, "Set request timeout": 300 s where it is not said. */
    private static final Duration STANDARD_TIMEOUT = Duration.ofMinutes(5);

    void emit(String kind, Place place, Origin origin, Consumer<Fact> facts) {
        Value<Integer> highest =
                most.orElseGet(() -> new Value.Default<>(KnativeService.CLOUD_RUN_MOST, "cloud-run", ""));
        facts.accept(new Deployment(
                name,
                kind,
                environment,
                source,
                image,
                new Instances(
                        least.orElseGet(() -> new Value.Default<>(0, "cloud-run", "")),
                        highest,
                        KnativeService.revisions(highest),
                        Rollout.ROLLING,
                        "concurrency"),
                variables,
                List.of(),
                timeout.map(Values::seconds).orElseGet(() -> new Value.Default<>(STANDARD_TIMEOUT, "cloud-run", "")),
                place,
                origin));
        Map<String, Value<Object>> path = new LinkedHashMap<>();
        concurrency.ifPresent(value -> path.put("concurrency", Values.setting(value)));
        connector.ifPresent(value -> path.put("vpc-connector", Values.setting(value)));
        egress.ifPresent(value -> path.put("vpc-egress", Values.setting(value)));
        if (!path.isEmpty()) {
            facts.accept(new DeclaredPath(name, "cloud-run", path, place, origin));
        }
    }
}
