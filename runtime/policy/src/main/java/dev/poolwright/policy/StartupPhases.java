package dev.poolwright.policy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a start-up consists of: phases in strict order, each with a limit, each a list of steps in order.
 *
 * @param phases at least one; names are unique
 */
public record StartupPhases(List<Phase> phases) {

    public StartupPhases {
        phases = List.copyOf(phases);
        if (phases.isEmpty()) {
            throw new IllegalArgumentException("phases = []: a start-up needs at least one phase");
        }
        Set<String> names = new HashSet<>();
        for (Phase phase : phases) {
            if (!names.add(phase.name())) {
                throw new IllegalArgumentException("phase = " + phase.name() + ": named twice");
            }
        }
    }

    /**
     * One phase.
     *
     * @param name for example {@code DATABASE}
     * @param limit the whole phase, all its steps, tries and pauses, may take this long
     * @param steps in order; empty means that the phase passes at once
     */
    public record Phase(String name, Duration limit, List<Step> steps) {
        public Phase {
            steps = List.copyOf(steps);
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException(
                        "phase " + name + ": limit = " + limit + ": must be longer than zero");
            }
        }
    }

    /**
     * One step of a phase.
     *
     * @param name for example {@code connect main}
     * @param tryLimit one try is given up after this long
     * @param backoff the pause between tries
     * @param tries how often at most; {@code Integer.MAX_VALUE} leaves the phase's limit as the only bound
     */
    public record Step(String name, Wait tryLimit, Backoff backoff, int tries) {
        public Step {
            if (tries < 1) {
                throw new IllegalArgumentException("step " + name + ": tries = " + tries + ": must be at least 1");
            }
        }
    }
}
