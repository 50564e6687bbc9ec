package dev.poolwright.model.scenario;

import dev.poolwright.model.fleet.Objective;
import dev.poolwright.model.fleet.Origin;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happens to a fleet in a run. Its {@code set} overlay, where it has one, is applied by the reader before the fleet
 * is bound, so a scenario can shrink a pool by the same mechanism as an environment.
 *
 * @param name as the file is named
 * @param about one or two sentences
 * @param needs what the fleet must have, kind ({@code path}, {@code service}, …) to name; the name {@code any} takes the first
 * @param warmUp time at the begin that is not judged
 * @param loads rate over time by {@code service/load}; a load that is not named runs at its declared rate
 * @param arrivals when the operations of a load arrive, by {@code service/load}; one that is not named is a Poisson process
 * @param faults in order of time
 * @param objectives empty when the fleet's own count
 * @param subject what the lab loads
 */
public record Scenario(
        String name,
        String about,
        Map<String, String> needs,
        Duration warmUp,
        Map<String, List<RateStep>> loads,
        Map<String, ArrivalPattern> arrivals,
        List<Fault> faults,
        List<Objective> objectives,
        Subject subject,
        Origin origin) {

    public Scenario {
        needs = Collections.unmodifiableMap(new LinkedHashMap<>(needs));
        loads = Collections.unmodifiableMap(new LinkedHashMap<>(loads));
        arrivals = Collections.unmodifiableMap(new LinkedHashMap<>(arrivals));
        faults = List.copyOf(faults);
        objectives = List.copyOf(objectives);
    }

    /** What the lab loads. */
    public enum Subject {
        /** A pool in Java: the library itself where it is a Java one, else one with the same semantics. */
        DOUBLE,
        /** The library itself, in a process of its own, where it is on this machine. */
        LIBRARY,
        /** A small HTTP service over the service's pools, in a process of its own, loaded over real HTTP. */
        HTTP
    }

    /** One whose loads all arrive as Poisson processes. */
    public Scenario(
            String name,
            String about,
            Map<String, String> needs,
            Duration warmUp,
            Map<String, List<RateStep>> loads,
            List<Fault> faults,
            List<Objective> objectives,
            Subject subject,
            Origin origin) {
        this(name, about, needs, warmUp, loads, Map.of(), faults, objectives, subject, origin);
    }

    /** The rate until a moment of the run; steps follow each other. */
    public record RateStep(Duration until, Rate rate, Shape shape) {

        /** The same rate all the time. */
        public RateStep(Duration until, Rate rate) {
            this(until, rate, Shape.FLAT);
        }
    }

    /** How a step gets to its rate. */
    public enum Shape {
        /** It has it from its begin. */
        FLAT,
        /** Evenly from the rate before it, or from the declared rate at the begin of the run, to its own at its end. */
        RAMP
    }

    /**
     * How fast operations arrive.
     *
     * @param kind what {@code amount} counts
     * @param amount a share of the knee (1 = the knee), a multiple of the declared rate, or operations a second
     */
    public record Rate(Kind kind, double amount) {
        public Rate {
            if (!(amount >= 0) || Double.isInfinite(amount)) {
                throw new IllegalArgumentException("rate = " + amount + ": must be from 0");
            }
        }

        /** What a rate is measured in. */
        public enum Kind {
            OF_THE_KNEE,
            OF_THE_DECLARED,
            PER_SECOND
        }
    }
}
