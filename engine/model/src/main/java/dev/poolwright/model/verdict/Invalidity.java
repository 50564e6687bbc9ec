package dev.poolwright.model.verdict;

import dev.poolwright.model.run.Health;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Why a run proves nothing: a closed list. */
public enum Invalidity {
    /** An operation that was acknowledged is not on the server. */
    EVIDENCE_MISSING(false),
    /** The generator began its operations too late. */
    GENERATOR_LATE(true),
    /** The generator took too much of the processors. */
    GENERATOR_CPU(true),
    /** Something restarted that was not to. */
    UNPLANNED_RESTART(false),
    /** The clean-up did not remove everything, or the lab itself failed at something. */
    LEFTOVERS(false);

    /** The generator may be this late at the 99th percentile. */
    static final Duration LAG_BOUND = Duration.ofMillis(20);

    /** The generator may use this share of the machine. */
    static final double GENERATOR_CPU_BOUND = 0.7;

    private final boolean ofTheMachine;

    Invalidity(boolean ofTheMachine) {
        this.ofTheMachine = ofTheMachine;
    }

    /**
     * Whether the machine was too busy at that moment, and nothing else: the same run may succeed a moment later. The others
     * say that something is wrong with what is measured or with the lab, which another run would only hide.
     */
    public boolean isOfTheMachine() {
        return ofTheMachine;
    }

    /** Whether a run proves nothing, and only because the machine was too busy. */
    public static boolean isOnlyOfTheMachine(Health health) {
        Map<Invalidity, List<String>> found = of(health);
        return !found.isEmpty() && found.keySet().stream().allMatch(Invalidity::isOfTheMachine);
    }

    /** What of the list a run has, each with one sentence or more, with figures; empty when it counts. */
    static Map<Invalidity, List<String>> of(Health health) {
        EnumMap<Invalidity, List<String>> found = new EnumMap<>(Invalidity.class);
        Health.Evidence evidence = health.evidence();
        if (!evidence.complete()) {
            found.put(
                    EVIDENCE_MISSING,
                    List.of("evidence missing: " + evidence.acknowledged() + " operations acknowledged, "
                            + evidence.found() + " of them on the server"));
        }
        if (health.lagP99().compareTo(LAG_BOUND) > 0) {
            found.put(
                    GENERATOR_LATE,
                    List.of("generator lag p99 = " + millisUp(health.lagP99()) + " ms: at most " + LAG_BOUND.toMillis()
                            + " ms"));
        }
        if (health.generatorCpu() > GENERATOR_CPU_BOUND) {
            found.put(
                    GENERATOR_CPU,
                    List.of(String.format(
                            Locale.ROOT,
                            "generator used %.0f %% of the processors: at most %.0f %%",
                            health.generatorCpu() * 100,
                            GENERATOR_CPU_BOUND * 100)));
        }
        if (health.unplannedRestarts() > 0) {
            found.put(UNPLANNED_RESTART, List.of("unplanned restarts: " + health.unplannedRestarts()));
        }
        if (!health.leftovers().isEmpty()) {
            found.put(
                    LEFTOVERS,
                    health.leftovers().stream()
                            .map(left -> "left behind: " + left)
                            .toList());
        }
        return Collections.unmodifiableMap(found);
    }

    /** Rounded up, so that what is above the bound also reads so. */
    private static long millisUp(Duration duration) {
        return duration.plusNanos(999_999).toMillis();
    }
}
