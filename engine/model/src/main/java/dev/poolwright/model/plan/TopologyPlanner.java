package dev.poolwright.model.plan;

import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Path;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Pooler;
import dev.poolwright.model.fleet.Server;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.StartupPhase;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.model.library.Compatibility;
import dev.poolwright.model.library.PoolLibraries;
import dev.poolwright.model.plan.Topology.Behaviour;
import dev.poolwright.model.plan.Topology.PlannedPath;
import dev.poolwright.model.plan.Topology.PlannedPlatform;
import dev.poolwright.model.plan.Topology.PlannedPool;
import dev.poolwright.model.plan.Topology.PlannedPooler;
import dev.poolwright.model.plan.Topology.PlannedProcess;
import dev.poolwright.model.plan.Topology.PlannedServer;
import dev.poolwright.model.plan.Topology.PlannedService;
import dev.poolwright.model.plan.Topology.PlannedStep;
import dev.poolwright.policy.Backoff;
import dev.poolwright.policy.StartupPhases;
import dev.poolwright.policy.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Resolves a fleet's graph into numbers; what nobody stated goes to the assumptions, what nobody can know to the unknown. */
final class TopologyPlanner {

    private static final long SLOW_FACTOR = 10;
    private static final long SLOW_AT_LEAST_NANOS = 1_000_000_000L;

    private final Fleet fleet;
    private final double speed;
    private final List<String> assumptions;
    private final List<String> unknown;

    TopologyPlanner(Fleet fleet, double speed, List<String> assumptions, List<String> unknown) {
        this.fleet = fleet;
        this.speed = speed;
        this.assumptions = assumptions;
        this.unknown = unknown;
    }

    Topology topology() {
        return new Topology(
                fleet.servers().values().stream().map(this::server).toList(),
                fleet.poolers().values().stream().map(this::pooler).toList(),
                fleet.paths().values().stream().map(this::path).toList(),
                fleet.services().values().stream().map(this::service).toList(),
                new PlannedPlatform(
                        scaled(fleet.platform().startLimit()),
                        scaled(fleet.platform().restartDelay()),
                        scaled(fleet.platform().requestTimeout())));
    }

    private PlannedServer server(Server server) {
        Server.Limits limits = server.limits();
        int most = number(limits.maxConnections(), "max_connections of " + server.name(), 100);
        int taken = number(limits.reserved(), "reserved of " + server.name(), 3);
        for (var other : limits.others().entrySet()) {
            taken += number(other.getValue(), "others." + other.getKey() + " of " + server.name(), 0);
        }
        double cores = server.cores().single().orElse(Double.POSITIVE_INFINITY);
        if (Double.isInfinite(cores)) {
            assumptions.add("cores of " + server.name() + " are not stated: work in the database never waits for one");
        }
        return new PlannedServer(
                server.name(), server.version(), most, Math.max(0, most - taken), cores, scaled(server.connectTime()));
    }

    private PlannedPooler pooler(Pooler pooler) {
        return new PlannedPooler(
                pooler.name(),
                pooler.to().at(),
                pooler.path(),
                pooler.mode(),
                number(pooler.poolSize(), "pool_size of " + pooler.name(), 20),
                number(pooler.reserve(), "reserve of " + pooler.name(), 0),
                count(pooler.clients(), "clients of " + pooler.name()),
                scaled(wait(pooler.queryWait(), "query_wait of " + pooler.name())));
    }

    private PlannedPath path(Path path) {
        int connections = count(path.connections(), "connections of " + path.name());
        long most = connections == Topology.UNLIMITED ? connections : (long) connections * path.scale();
        return new PlannedPath(
                path.name(),
                connections,
                (int) Math.min(most, Topology.UNLIMITED),
                scaled(path.latency()),
                scaled(path.scaleOutDelay()),
                scaled(path.stressLatency()));
    }

    private PlannedService service(Service service) {
        int instances = number(service.instances().min(), "instances of " + service.name(), 1);
        List<PlannedProcess> processes = new ArrayList<>();
        for (Service.ProcessKind kind : service.processes().values()) {
            int count = number(kind.count(), "processes of " + service.name(), 1);
            Limit callers = kind.callers().single().orElse(Limit.unlimited());
            processes.add(new PlannedProcess(kind.name(), count, planned(callers)));
        }
        List<StartupPhases.Phase> phases = new ArrayList<>();
        List<List<PlannedStep>> steps = new ArrayList<>();
        for (StartupPhase phase : service.startup()) {
            phases.add(scaled(phase.toDecision()));
            steps.add(phase.steps().stream().map(step -> step(service, step)).toList());
        }
        if (phases.isEmpty()) {
            phases.add(new StartupPhases.Phase("START", Duration.ofMinutes(4), List.of()));
            steps.add(List.of());
        }
        return new PlannedService(
                service.name(),
                instances,
                processes,
                service.pools().values().stream()
                        .map(pool -> pool(service, pool))
                        .toList(),
                new StartupPhases(phases),
                steps);
    }

    private PlannedStep step(Service service, StartupPhase.Step step) {
        return new PlannedStep(
                step.kind(),
                step.pool().isEmpty() ? "" : service.name() + "/" + step.pool(),
                step.connections(),
                scaled(step.takes()));
    }

    private StartupPhases.Phase scaled(StartupPhases.Phase phase) {
        List<StartupPhases.Step> steps = phase.steps().stream()
                .map(step -> new StartupPhases.Step(
                        step.name(),
                        step.tryLimit() instanceof Wait.AtMost limit
                                ? Wait.atMost(Duration.ofNanos(scaled(limit.limit())))
                                : step.tryLimit(),
                        new Backoff(
                                Duration.ofNanos(scaled(step.backoff().first())),
                                step.backoff().factor(),
                                Duration.ofNanos(scaled(step.backoff().most())),
                                step.backoff().jitter()),
                        step.tries()))
                .toList();
        return new StartupPhases.Phase(phase.name(), Duration.ofNanos(scaled(phase.limit())), steps);
    }

    private PlannedPool pool(Service service, Pool pool) {
        String name = service.name() + "/" + pool.name();
        Server server = fleet.serverOf(pool.target())
                .orElseThrow(() -> new IllegalStateException("pool " + name + " leads to no server"));
        Compatibility compatibility = PoolLibraries.compatibility(service.stackOf(pool), pool.kind());
        Path path = fleet.paths().get(pool.path());
        long usualConnect = scaled(server.connectTime()) + (path == null ? 0 : scaled(path.latency()));
        return new PlannedPool(
                name,
                pool.process(),
                behaviour(PoolLibraries.effectiveKind(service.stackOf(pool), pool.kind())),
                pool.target().at(),
                server.name(),
                pool.target().database(),
                pool.path(),
                count(pool.sizing().size(), "size of " + name),
                count(pool.sizing().overflow(), "overflow of " + name),
                number(pool.sizing().minimumIdle(), "minimum idle of " + name, 0),
                pool.waiting().discipline(),
                scaled(wait(pool.waiting().acquireTimeout(), "acquire_timeout of " + name)),
                scaled(wait(pool.waiting().connectTimeout(), "connect_timeout of " + name)),
                count(pool.waiting().waiters(), "waiters of " + name),
                scaled(wait(pool.lifetimes().maxLifetime(), "max_lifetime of " + name)),
                Math.max(SLOW_FACTOR * usualConnect, Math.round(SLOW_AT_LEAST_NANOS / speed)),
                compatibility.answer() == Compatibility.Answer.FAILS ? compatibility.text() : "",
                pool.use().onLost().isEmpty()
                        ? ""
                        : service.name() + "/" + pool.use().onLost(),
                scaled(pool.lifetimes().reclaimAfter()));
    }

    private static Behaviour behaviour(String kind) {
        return switch (kind) {
            case "NullPool", "NullConnectionPool" -> Behaviour.NULL;
            case "StaticPool" -> Behaviour.STATIC;
            default -> Behaviour.QUEUE;
        };
    }

    private int number(Value<Integer> value, String what, int assumed) {
        return value.single().orElseGet(() -> {
            unknown.add(what + " is not known: " + value);
            return assumed;
        });
    }

    private int count(Value<Limit> value, String what) {
        return planned(value.single().orElseGet(() -> {
            unknown.add(what + " is not known: " + value);
            return Limit.unlimited();
        }));
    }

    private Wait wait(Value<Wait> value, String what) {
        return value.single().orElseGet(() -> {
            unknown.add(what + " is not known: " + value);
            return Wait.forever();
        });
    }

    private static int planned(Limit limit) {
        return limit.bounded() ? Math.toIntExact(limit.count()) : Topology.UNLIMITED;
    }

    private long scaled(Duration time) {
        return Math.round(time.toNanos() / speed);
    }

    private long scaled(Wait wait) {
        return wait.nanos() == Long.MAX_VALUE ? Long.MAX_VALUE : Math.round(wait.nanos() / speed);
    }
}
