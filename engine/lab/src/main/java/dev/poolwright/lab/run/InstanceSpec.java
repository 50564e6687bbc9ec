package dev.poolwright.lab.run;

import dev.poolwright.lab.subject.PoolLibrary;
import dev.poolwright.lab.subject.PoolSettings;
import dev.poolwright.lab.subject.Subjects;
import dev.poolwright.model.fleet.Pool.Discipline;
import dev.poolwright.model.fleet.StartupPhase;
import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.plan.Topology.Behaviour;
import dev.poolwright.model.plan.Topology.PlannedPool;
import dev.poolwright.model.plan.Topology.PlannedProcess;
import dev.poolwright.model.plan.Topology.PlannedService;
import dev.poolwright.model.plan.Topology.PlannedStep;
import dev.poolwright.policy.Backoff;
import dev.poolwright.policy.StartupPhases;
import dev.poolwright.policy.Wait;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an instance needs to know: its pools and its start-up, in plain values so that it can be handed to a process of its
 * own. Only ever read from the process that wrote it.
 *
 * @param service name
 * @param application prefix of the application name of its sessions
 * @param user whose sessions the pools open; the password stands in {@code password} and is handed over on standard input
 */
record InstanceSpec(
        String service,
        String application,
        String user,
        String password,
        ArrayList<PoolSpec> pools,
        ArrayList<PhaseSpec> phases)
        implements Serializable {

    private static final long LONGEST_CONNECT_SECONDS = 3600;

    static InstanceSpec of(
            PlannedService service, LabTarget target, Map<String, String> urls, Map<String, PoolChoice> choices) {
        ArrayList<PoolSpec> pools = new ArrayList<>();
        for (PlannedPool pool : service.pools()) {
            int processes = service.processes().stream()
                    .filter(kind -> pool.process().isEmpty() || pool.process().equals(kind.name()))
                    .mapToInt(PlannedProcess::count)
                    .sum();
            PoolChoice choice = choices.getOrDefault(pool.name(), PoolChoice.DOUBLE);
            pools.add(PoolSpec.of(pool, processes, urls.getOrDefault(pool.name(), ""), choice));
        }
        ArrayList<PhaseSpec> phases = new ArrayList<>();
        for (int phase = 0; phase < service.steps().size(); phase++) {
            phases.add(PhaseSpec.of(
                    service.startup().phases().get(phase), service.steps().get(phase)));
        }
        return new InstanceSpec(service.name(), target.application(), target.user(), target.password(), pools, phases);
    }

    /**
     * Looks whether what is to play each pool can express its settings.
     *
     * @throws IOException with a sentence for each pool that it cannot
     */
    static void check(Topology topology, Map<String, PoolChoice> choices) throws IOException {
        List<String> problems = new ArrayList<>();
        for (PlannedService service : topology.services()) {
            for (PlannedPool pool : service.pools()) {
                try {
                    PoolSpec.of(pool, 1, "", choices.getOrDefault(pool.name(), PoolChoice.DOUBLE))
                            .check();
                } catch (IllegalArgumentException e) {
                    problems.add("pool " + pool.name() + ": " + e.getMessage());
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new IOException("the lab cannot run this fleet on its own libraries: " + String.join("; ", problems));
        }
    }

    StartupPhases startup() {
        return new StartupPhases(phases.stream().map(PhaseSpec::phase).toList());
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "instance of " + service;
    }

    /** One pool; times in nanoseconds, {@code Long.MAX_VALUE} for none. */
    record PoolSpec(
            String name,
            String server,
            String url,
            Behaviour behaviour,
            PoolChoice choice,
            int processes,
            int size,
            int overflow,
            long acquireTimeoutNanos,
            long connectTimeoutNanos,
            long maxLifetimeNanos,
            int waiters,
            boolean lifo,
            int minimumIdle)
            implements Serializable {

        static PoolSpec of(PlannedPool pool, int processes, String url, PoolChoice choice) {
            return new PoolSpec(
                    pool.name(),
                    pool.server(),
                    url,
                    pool.behaviour(),
                    choice,
                    processes,
                    pool.size(),
                    pool.overflow(),
                    pool.acquireTimeoutNanos(),
                    pool.connectTimeoutNanos(),
                    pool.maxLifetimeNanos(),
                    pool.waiters(),
                    pool.discipline() == Discipline.LIFO,
                    pool.minimumIdle());
        }

        /** For a pool that lends; a {@code NULL} one has no settings of its own. */
        PoolSettings settings() {
            boolean unlimited = size == Topology.UNLIMITED || overflow == Topology.UNLIMITED;
            return new PoolSettings(
                    behaviour == Behaviour.STATIC ? 1 : unlimited ? 0 : size,
                    behaviour == Behaviour.STATIC ? 0 : unlimited ? -1 : overflow,
                    duration(acquireTimeoutNanos),
                    connectTimeout(),
                    duration(maxLifetimeNanos),
                    waiters,
                    choice.validated(),
                    lifo,
                    isDouble() || behaviour == Behaviour.STATIC ? 0 : minimumIdle);
        }

        /** Throws an {@link IllegalArgumentException} when what is to play the pool cannot express its settings. */
        void check() {
            if (behaviour == Behaviour.NULL || isDouble()) {
                return;
            }
            Subjects.check(choice.library(), settings());
        }

        /** Not a library but what stands in for one: it opens a connection when one is first needed. */
        boolean isDouble() {
            return choice.library() == PoolLibrary.OVERFLOW;
        }

        /** To the nanosecond; an hour where there is none. */
        Duration connectLimit() {
            Duration longest = Duration.ofSeconds(LONGEST_CONNECT_SECONDS);
            return connectTimeoutNanos >= longest.toNanos()
                    ? longest
                    : Duration.ofNanos(Math.max(1, connectTimeoutNanos));
        }

        /** The driver knows whole seconds only; the run's own limits are kept by interrupting. */
        Duration connectTimeout() {
            long seconds = connectTimeoutNanos == Long.MAX_VALUE
                    ? LONGEST_CONNECT_SECONDS
                    : Duration.ofNanos(connectTimeoutNanos)
                            .plusNanos(999_999_999)
                            .toSeconds();
            return Duration.ofSeconds(Math.min(LONGEST_CONNECT_SECONDS, Math.max(1, seconds)));
        }

        private static Duration duration(long nanos) {
            return nanos == Long.MAX_VALUE ? PoolSettings.FOREVER : Duration.ofNanos(Math.max(1, nanos));
        }
    }

    /** One phase of the start-up. */
    record PhaseSpec(String name, long limitNanos, ArrayList<StepSpec> steps) implements Serializable {

        static PhaseSpec of(StartupPhases.Phase phase, List<PlannedStep> steps) {
            ArrayList<StepSpec> specs = new ArrayList<>();
            for (int i = 0; i < steps.size(); i++) {
                specs.add(StepSpec.of(phase.steps().get(i), steps.get(i)));
            }
            return new PhaseSpec(phase.name(), phase.limit().toNanos(), specs);
        }

        StartupPhases.Phase phase() {
            return new StartupPhases.Phase(
                    name,
                    Duration.ofNanos(limitNanos),
                    steps.stream().map(StepSpec::step).toList());
        }
    }

    /** One step of a phase. */
    record StepSpec(
            String name,
            StartupPhase.Kind kind,
            String pool,
            int connections,
            long takesNanos,
            long tryLimitNanos,
            int tries,
            long backoffNanos,
            double backoffFactor,
            long backoffMostNanos)
            implements Serializable {

        static StepSpec of(StartupPhases.Step step, PlannedStep planned) {
            return new StepSpec(
                    step.name(),
                    planned.kind(),
                    planned.pool(),
                    planned.connections(),
                    planned.takesNanos(),
                    step.tryLimit().nanos(),
                    step.tries(),
                    step.backoff().first().toNanos(),
                    step.backoff().factor(),
                    step.backoff().most().toNanos());
        }

        StartupPhases.Step step() {
            Wait limit =
                    tryLimitNanos == Long.MAX_VALUE ? Wait.forever() : Wait.atMost(Duration.ofNanos(tryLimitNanos));
            Backoff backoff =
                    new Backoff(Duration.ofNanos(backoffNanos), backoffFactor, Duration.ofNanos(backoffMostNanos), 0);
            return new StartupPhases.Step(name, limit, backoff, tries);
        }
    }
}
