package dev.poolwright.lab.run;

import dev.poolwright.model.fleet.Distribution;
import dev.poolwright.model.fleet.Objective;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Pool.Discipline;
import dev.poolwright.model.fleet.StartupPhase;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.PlannedLoad;
import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.plan.Topology.Behaviour;
import dev.poolwright.model.scenario.Fault;
import dev.poolwright.policy.Backoff;
import dev.poolwright.policy.StartupPhases;
import dev.poolwright.policy.Wait;
import java.time.Duration;
import java.util.List;

/** Small plans for the tests of the lab's run: one service, one pool of 3 + 2, one path, one server. */
final class Plans {

    static final long MILLI = 1_000_000;

    private Plans() {}

    /** Constant holds and no start-up steps. */
    static Plan saturation(Duration hold, double perSecond, Duration lasts, Duration acquireTimeout) {
        return plan(hold, perSecond, lasts, acquireTimeout, Topology.UNLIMITED, List.of());
    }

    /** Four instances start at 300 ms while the path carries only {@code connections}. */
    static Plan storm(int connections) {
        List<Fault> faults = List.of(
                new Fault.PathCap(
                        "vpc", Duration.ofMillis(200), Duration.ofMillis(3200), connections, Duration.ofMillis(300)),
                new Fault.StartInstances("backend", Duration.ofMillis(300), 4));
        return plan(Duration.ofMillis(20), 50, Duration.ofMillis(4000), Duration.ofSeconds(1), connections, faults);
    }

    private static Plan plan(
            Duration hold, double perSecond, Duration lasts, Duration acquireTimeout, int path, List<Fault> faults) {
        StartupPhases.Step connect = new StartupPhases.Step(
                "connect main",
                Wait.atMost(Duration.ofMillis(900)),
                Backoff.constant(Duration.ofMillis(20)),
                Integer.MAX_VALUE);
        StartupPhases phases = new StartupPhases(
                List.of(new StartupPhases.Phase("DATABASE", Duration.ofMillis(1900), List.of(connect))));
        Topology.PlannedPool pool = new Topology.PlannedPool(
                "backend/main",
                "",
                Behaviour.QUEUE,
                "main",
                "main",
                "shop",
                "vpc",
                3,
                2,
                0,
                Discipline.FIFO,
                acquireTimeout.toNanos(),
                Long.MAX_VALUE,
                Topology.UNLIMITED,
                Long.MAX_VALUE,
                200 * MILLI,
                "",
                "");
        Topology.PlannedService backend = new Topology.PlannedService(
                "backend",
                1,
                List.of(new Topology.PlannedProcess("main", 1, Topology.UNLIMITED)),
                List.of(pool),
                phases,
                List.of(List.of(new Topology.PlannedStep(StartupPhase.Kind.CONNECT, "backend/main", 3, 0))));
        Topology topology = new Topology(
                List.of(new Topology.PlannedServer("main", "17", 100, 97, Double.POSITIVE_INFINITY, 5 * MILLI)),
                List.of(),
                List.of(new Topology.PlannedPath("vpc", path, path, 0, 300 * MILLI, 0)),
                List.of(backend),
                new Topology.PlannedPlatform(Long.MAX_VALUE, 400 * MILLI, Long.MAX_VALUE));
        PlannedLoad load = new PlannedLoad(
                "backend/chat",
                "backend",
                "backend/chat",
                List.of(new PlannedLoad.RateSegment(lasts.toNanos(), perSecond)),
                List.of(new PlannedLoad.Borrow(
                        "backend/main",
                        1,
                        false,
                        Distribution.constant(hold),
                        Distribution.constant(Duration.ZERO),
                        0)),
                Long.MAX_VALUE,
                0,
                Backoff.NONE);
        return new Plan(
                new Plan.Header("test", "", "test", 7, 1, 0, lasts.toNanos()),
                topology,
                List.of(load),
                faults,
                List.of(new Objective(Objective.Metric.SUCCESS, 0.99, Objective.Window.WHOLE, Origin.NONE)),
                new Plan.Notes(List.of(), List.of(), List.of()));
    }
}
