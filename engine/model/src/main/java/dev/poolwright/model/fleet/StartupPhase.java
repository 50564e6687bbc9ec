package dev.poolwright.model.fleet;

import dev.poolwright.policy.Backoff;
import dev.poolwright.policy.StartupPhases;
import dev.poolwright.policy.Wait;
import java.time.Duration;
import java.util.List;

/** One phase of a service's start-up, as declared. */
public record StartupPhase(String name, Duration limit, List<Step> steps, Origin origin) {

    public StartupPhase {
        steps = List.copyOf(steps);
    }

    /** The phase as the decision takes it. */
    public StartupPhases.Phase toDecision() {
        return new StartupPhases.Phase(
                name, limit, steps.stream().map(Step::toDecision).toList());
    }

    /**
     * One step.
     *
     * @param kind what is done
     * @param pool the pool it is done with; empty for {@link Kind#WORK}
     * @param connections opened at the same time by {@link Kind#CONNECT}; 1 otherwise
     * @param takes the time of {@link Kind#QUERY} in the database, or of {@link Kind#WORK} outside it
     * @param tryLimit limit of one try
     * @param tries how often; {@code Integer.MAX_VALUE} until the phase's limit
     */
    public record Step(
            Kind kind,
            String pool,
            int connections,
            Duration takes,
            Wait tryLimit,
            Backoff backoff,
            int tries,
            Origin origin) {

        public String name() {
            return kind == Kind.WORK ? "work" : (kind == Kind.CONNECT ? "connect " : "query ") + pool;
        }

        StartupPhases.Step toDecision() {
            return new StartupPhases.Step(name(), tryLimit, backoff, tries);
        }
    }

    /** What a step does. */
    public enum Kind {
        CONNECT,
        QUERY,
        WORK
    }
}
