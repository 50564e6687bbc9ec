package dev.poolwright.sim;

import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.plan.Topology.Behaviour;
import dev.poolwright.model.plan.Topology.PlannedPath;
import dev.poolwright.model.plan.Topology.PlannedPool;
import dev.poolwright.model.plan.Topology.PlannedPooler;
import dev.poolwright.model.plan.Topology.PlannedServer;
import dev.poolwright.model.plan.Topology.PlannedService;
import dev.poolwright.model.scenario.Fault;
import dev.poolwright.model.verdict.Link;
import dev.poolwright.policy.StartupPhases;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A plan with the limit taken away that one link of a chain names; everything else is as it was. */
final class LiftedPlan {

    private final Plan plan;
    private final Topology topology;

    private LiftedPlan(Plan plan) {
        this.plan = plan;
        this.topology = plan.topology();
    }

    /** Empty where a link names no limit that could be lifted. */
    static Optional<Plan> of(Plan plan, Link link) {
        LiftedPlan lifted = new LiftedPlan(plan);
        String subject = link.subject();
        return switch (link.kind()) {
            case PATH_FULL -> Optional.of(lifted.withoutPathLimits(Set.of(subject)));
            case CONNECT_SLOW -> Optional.of(lifted.withoutSlowConnectsOf(subject));
            case SERVER_FULL, CONNECT_REFUSED -> Optional.of(lifted.withoutSlots(Set.of(subject)));
            case SERVER_BUSY -> Optional.of(lifted.withServers(Set.of(subject), LiftedPlan::withoutCores));
            case POOL_FULL, ACQUIRE_TIMEOUT, ACQUIRE_REFUSED -> Optional.of(lifted.withoutPoolLimit(subject));
            case POOL_LEAK -> Optional.of(lifted.withoutLeaks(subject));
            case POOL_INCOMPATIBLE -> Optional.of(lifted.withPools(subject, LiftedPlan::legal));
            case PHASE_OVER -> Optional.of(lifted.withoutPhaseLimits(subject));
            case SESSION_FAILED, DEADLINE_MISSED, EXIT_3, START_CUT, INGRESS_503 -> Optional.empty();
        };
    }

    private Plan withoutPathLimits(Set<String> paths) {
        return withTopology(
                        topology.servers(),
                        topology.poolers(),
                        topology.paths().stream()
                                .map(path -> paths.contains(path.name()) ? unlimited(path) : path)
                                .toList(),
                        topology.services())
                .withFaults(without(fault -> fault instanceof Fault.PathCap && paths.contains(fault.on())));
    }

    /** Whatever makes its connects slow: the paths' limits and latency, and slow servers behind them. */
    private Plan withoutSlowConnectsOf(String service) {
        Set<String> paths = pathsOf(service);
        Set<String> servers = poolsOf(service).stream().map(PlannedPool::server).collect(Collectors.toSet());
        Plan open = withoutPathLimits(paths);
        return open.withFaults(open.faults().stream()
                .filter(fault -> !(fault instanceof Fault.Latency && paths.contains(fault.on())))
                .filter(fault -> !(fault instanceof Fault.SlowConnect && servers.contains(fault.on())))
                .toList());
    }

    private Plan withoutSlots(Set<String> servers) {
        return withServers(servers, LiftedPlan::withoutSlots)
                .withFaults(without(fault -> fault instanceof Fault.ServerFull && servers.contains(fault.on())));
    }

    private Plan withoutPoolLimit(String pool) {
        List<PlannedPooler> poolers = topology.poolers().stream()
                .map(pooler ->
                        pool.equals(pooler.name()) || pool.startsWith(pooler.name() + "/") ? unlimited(pooler) : pooler)
                .toList();
        return withTopology(topology.servers(), poolers, topology.paths(), services(pool, LiftedPlan::unlimited));
    }

    private Plan withoutLeaks(String pool) {
        return plan.withFaults(without(fault -> fault instanceof Fault.Leak && pool.startsWith(fault.on() + "/")));
    }

    private Plan withPools(String pool, UnaryOperator<PlannedPool> change) {
        return withTopology(topology.servers(), topology.poolers(), topology.paths(), services(pool, change));
    }

    private Plan withServers(Set<String> names, UnaryOperator<PlannedServer> change) {
        List<PlannedServer> servers = topology.servers().stream()
                .map(server -> names.contains(server.name()) ? change.apply(server) : server)
                .toList();
        return withTopology(servers, topology.poolers(), topology.paths(), topology.services());
    }

    private Plan withoutPhaseLimits(String phase) {
        List<PlannedService> services = topology.services().stream()
                .map(service -> phase.startsWith(service.name() + "/") ? withoutPhaseLimits(service) : service)
                .toList();
        return withTopology(topology.servers(), topology.poolers(), topology.paths(), services);
    }

    private Plan withTopology(
            List<PlannedServer> servers,
            List<PlannedPooler> poolers,
            List<PlannedPath> paths,
            List<PlannedService> services) {
        return plan.withTopology(new Topology(servers, poolers, paths, services, topology.platform()));
    }

    private List<Fault> without(Predicate<Fault> lifted) {
        return plan.faults().stream().filter(lifted.negate()).toList();
    }

    private List<PlannedPool> poolsOf(String service) {
        return topology.services().stream()
                .filter(one -> one.name().equals(service))
                .flatMap(one -> one.pools().stream())
                .toList();
    }

    /** Paths between the pools of a service and their servers, those behind poolers included. */
    private Set<String> pathsOf(String service) {
        Set<String> ends = poolsOf(service).stream().map(PlannedPool::at).collect(Collectors.toSet());
        Set<String> paths = topology.poolers().stream()
                .filter(pooler -> ends.contains(pooler.name()))
                .map(PlannedPooler::path)
                .collect(Collectors.toSet());
        poolsOf(service).forEach(pool -> paths.add(pool.path()));
        paths.remove("");
        return paths;
    }

    private List<PlannedService> services(String pool, UnaryOperator<PlannedPool> change) {
        return topology.services().stream()
                .map(service -> new PlannedService(
                        service.name(),
                        service.instances(),
                        service.processes(),
                        service.pools().stream()
                                .map(one -> one.name().equals(pool) ? change.apply(one) : one)
                                .toList(),
                        service.startup(),
                        service.steps()))
                .toList();
    }

    private static PlannedPath unlimited(PlannedPath path) {
        return new PlannedPath(
                path.name(),
                Topology.UNLIMITED,
                Topology.UNLIMITED,
                path.latencyNanos(),
                path.scaleOutDelayNanos(),
                path.stressLatencyNanos());
    }

    private static PlannedServer withoutSlots(PlannedServer server) {
        return new PlannedServer(
                server.name(),
                server.version(),
                Topology.UNLIMITED,
                Topology.UNLIMITED,
                server.cores(),
                server.connectNanos());
    }

    private static PlannedServer withoutCores(PlannedServer server) {
        return new PlannedServer(
                server.name(),
                server.version(),
                server.maxConnections(),
                server.connections(),
                Double.POSITIVE_INFINITY,
                server.connectNanos());
    }

    private static PlannedPooler unlimited(PlannedPooler pooler) {
        return new PlannedPooler(
                pooler.name(),
                pooler.at(),
                pooler.path(),
                pooler.mode(),
                Topology.UNLIMITED,
                0,
                pooler.clients(),
                pooler.queryWaitNanos());
    }

    /** Keeps what it kept and may open as many more as are asked for. */
    private static PlannedPool unlimited(PlannedPool pool) {
        return changed(pool, Behaviour.QUEUE, Topology.UNLIMITED, pool.incompatible());
    }

    private static PlannedPool legal(PlannedPool pool) {
        return changed(pool, pool.behaviour(), pool.overflow(), "");
    }

    private static PlannedPool changed(PlannedPool pool, Behaviour behaviour, int overflow, String incompatible) {
        return new PlannedPool(
                pool.name(),
                pool.process(),
                behaviour,
                pool.at(),
                pool.server(),
                pool.database(),
                pool.path(),
                pool.size(),
                overflow,
                pool.minimumIdle(),
                pool.discipline(),
                pool.acquireTimeoutNanos(),
                pool.connectTimeoutNanos(),
                pool.waiters(),
                pool.maxLifetimeNanos(),
                pool.connectSlowNanos(),
                incompatible,
                pool.onLost(),
                pool.reclaimAfterNanos());
    }

    /** A year stands for no limit: the decision wants one. */
    private static PlannedService withoutPhaseLimits(PlannedService service) {
        List<StartupPhases.Phase> phases = service.startup().phases().stream()
                .map(phase -> new StartupPhases.Phase(phase.name(), Duration.ofDays(365), phase.steps()))
                .toList();
        return new PlannedService(
                service.name(),
                service.instances(),
                service.processes(),
                service.pools(),
                new StartupPhases(phases),
                service.steps());
    }
}
