package dev.poolwright.sim;

import dev.poolwright.model.fleet.Distribution;
import dev.poolwright.model.fleet.Objective;
import dev.poolwright.model.fleet.Pool.Discipline;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.PlannedLoad;
import dev.poolwright.model.plan.PlannedLoad.Borrow;
import dev.poolwright.model.plan.PlannedLoad.RateSegment;
import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.plan.Topology.Behaviour;
import dev.poolwright.model.plan.Topology.PlannedPath;
import dev.poolwright.model.plan.Topology.PlannedPlatform;
import dev.poolwright.model.plan.Topology.PlannedPool;
import dev.poolwright.model.plan.Topology.PlannedPooler;
import dev.poolwright.model.plan.Topology.PlannedProcess;
import dev.poolwright.model.plan.Topology.PlannedServer;
import dev.poolwright.model.plan.Topology.PlannedService;
import dev.poolwright.model.plan.Topology.PlannedStep;
import dev.poolwright.model.scenario.Fault;
import dev.poolwright.policy.Backoff;
import dev.poolwright.policy.StartupPhases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Plans built by hand: one service "app" with pool "app/main", load "app/ask", server "db". */
final class Plans {

    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;
    static final long NEVER = Long.MAX_VALUE;

    int instances = 1;
    int processes = 1;
    int callers = Topology.UNLIMITED;
    Behaviour behaviour = Behaviour.QUEUE;
    String at = "db";
    String path = "";
    int size = 10;
    int overflow;
    long acquireTimeout = NEVER;
    long connectTimeout = NEVER;
    int waiters = Topology.UNLIMITED;
    long maxLifetime = NEVER;
    long connectSlow = SECOND;
    int minimumIdle;
    String incompatible = "";
    /** Adds a server "spare" and a pool "app/spare" that takes over. */
    boolean fallback;

    int serverConnections = Topology.UNLIMITED;
    double cores = Double.POSITIVE_INFINITY;
    long connectNanos;
    final List<PlannedPath> paths = new ArrayList<>();
    final List<PlannedPooler> poolers = new ArrayList<>();
    StartupPhases startup =
            new StartupPhases(List.of(new StartupPhases.Phase("START", Duration.ofMinutes(4), List.of())));
    List<List<PlannedStep>> steps = List.of(List.of());
    PlannedPlatform platform = new PlannedPlatform(NEVER, SECOND, NEVER);

    List<RateSegment> rates = List.of();
    final List<Borrow> borrows = new ArrayList<>();
    long deadline = NEVER;
    int retries;
    Backoff backoff = Backoff.NONE;
    final List<Fault> faults = new ArrayList<>();
    final List<Objective> objectives = new ArrayList<>();
    long warmUp;
    /** Another one with {@code -Dpoolwright.seed=N}. */
    long seed = Long.getLong("poolwright.seed", 42L);

    /** A load of this rate for so long, each operation with one borrow. */
    static Plans of(double perSecond, long duration, Distribution inDatabase) {
        Plans plans = new Plans();
        plans.rates = List.of(new RateSegment(duration, perSecond));
        plans.borrows.add(borrow(inDatabase, 0));
        return plans;
    }

    static Borrow borrow(Distribution inDatabase, double onCpu) {
        return new Borrow("app/main", 1, false, inDatabase, Distribution.constant(Duration.ZERO), onCpu);
    }

    static Distribution exponential(long millis) {
        return new Distribution.Exponential(Duration.ofMillis(millis));
    }

    static Distribution constant(long millis) {
        return Distribution.constant(Duration.ofMillis(millis));
    }

    Plan plan() {
        List<PlannedPool> pools = new ArrayList<>(List.of(pool("main", at, "db", fallback ? "app/spare" : "")));
        List<PlannedServer> servers =
                new ArrayList<>(List.of(new PlannedServer("db", "17", 100, serverConnections, cores, connectNanos)));
        if (fallback) {
            pools.add(pool("spare", "spare", "spare", ""));
            servers.add(new PlannedServer("spare", "17", 100, 97, cores, connectNanos));
        }
        PlannedService service = new PlannedService(
                "app", instances, List.of(new PlannedProcess("main", processes, callers)), pools, startup, steps);
        PlannedLoad load = new PlannedLoad("app/ask", "app", "app/ask", rates, borrows, deadline, retries, backoff);
        return new Plan(
                new Plan.Header(
                        "test", "", "test", seed, 1, warmUp, rates.getLast().untilNanos()),
                new Topology(servers, poolers, paths, List.of(service), platform),
                List.of(load),
                faults,
                objectives,
                new Plan.Notes(List.of(), List.of(), List.of()));
    }

    private PlannedPool pool(String name, String to, String server, String onLost) {
        return new PlannedPool(
                "app/" + name,
                "",
                behaviour,
                to,
                server,
                "",
                path,
                size,
                overflow,
                minimumIdle,
                Discipline.LIFO,
                acquireTimeout,
                connectTimeout,
                waiters,
                maxLifetime,
                connectSlow,
                incompatible,
                onLost);
    }
}
