package dev.poolwright.sim;

import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.PlannedLoad;
import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.plan.Topology.PlannedPool;
import dev.poolwright.model.plan.Topology.PlannedProcess;
import dev.poolwright.policy.Draws;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything there is in one run, and the moment. Not thread-safe. */
final class World {

    final Plan plan;
    final Draws draws;
    final EventList events = new EventList();
    final Recorder recorder;
    final List<ServerState> servers = new ArrayList<>();
    final List<PoolerState> poolers = new ArrayList<>();
    final List<PathState> paths = new ArrayList<>();
    final List<ServiceState> services = new ArrayList<>();
    final List<LoadState> loads = new ArrayList<>();
    /** Every instance that ever was; bounded by the restarts that fit into a run. */
    final List<InstanceState> instances = new ArrayList<>();
    /** Totals of the pools of poolers, in the order of the plan. */
    final List<PoolTotals> pairTotals = new ArrayList<>();

    private final List<Attempt> attempts = new ArrayList<>();
    private final ArrayDeque<Attempt> freeAttempts = new ArrayDeque<>();
    private final List<Connection> connections = new ArrayList<>();
    private final ArrayDeque<Connection> freeConnections = new ArrayDeque<>();

    long now;

    World(Plan plan) {
        this.plan = plan;
        this.draws = plan.draws();
        this.recorder = new Recorder(plan);
        Topology topology = plan.topology();
        topology.servers().forEach(one -> servers.add(new ServerState(servers.size(), one, recorder)));
        topology.paths().forEach(one -> paths.add(new PathState(paths.size(), one, recorder)));
        topology.poolers().forEach(one -> poolers.add(new PoolerState(one)));
        topology.services().forEach(one -> services.add(new ServiceState(services.size(), one, recorder)));
        for (PlannedLoad load : plan.loads()) {
            loads.add(new LoadState(load, loads.size(), service(load.service()), draws));
        }
    }

    void at(long moment, Opcode opcode, int id, int generation) {
        events.add(moment, opcode, id, generation);
    }

    ServiceState service(String name) {
        return services.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the plan has no service " + name));
    }

    @Nullable
    PathState path(String name) {
        return paths.stream()
                .filter(one -> one.planned.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    ServerState server(String name) {
        return servers.stream()
                .filter(one -> one.planned.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the plan has no server " + name));
    }

    /** A new instance of a service with its processes and their empty pools; not yet ready. */
    InstanceState newInstance(ServiceState service) {
        InstanceState instance = new InstanceState(instances.size(), service);
        instances.add(instance);
        for (PlannedProcess kind : service.planned.processes()) {
            for (int i = 0; i < kind.count(); i++) {
                instance.processes.add(newProcess(instance, kind));
            }
        }
        return instance;
    }

    private ProcessState newProcess(InstanceState instance, PlannedProcess kind) {
        ServiceState service = instance.service;
        List<PlannedPool> planned = service.planned.pools();
        @Nullable PoolState[] pools = new @Nullable PoolState[planned.size()];
        for (int i = 0; i < pools.length; i++) {
            PlannedPool pool = planned.get(i);
            if (pool.process().isEmpty() || pool.process().equals(kind.name())) {
                pools[i] = newPool(service, i, pool, kind.callers());
            }
        }
        return new ProcessState(instance, kind.callers(), pools);
    }

    private PoolState newPool(ServiceState service, int place, PlannedPool pool, int callers) {
        PoolTotals totals = service.totals.get(place);
        PoolState.PoolSettings settings = PoolState.PoolSettings.of(pool);
        ServerState server = server(pool.server());
        PoolerState pooler = poolers.stream()
                .filter(one -> one.planned.name().equals(pool.at()))
                .findFirst()
                .orElse(null);
        PoolState pair = pooler == null ? null : pair(pooler, pool.database(), server);
        PoolState.Route route = new PoolState.Route(path(pool.path()), server, pooler, pair);
        PoolState made = new PoolState(totals, settings, service, route, recorder);
        totals.limit += made.countedLimit(callers);
        return made;
    }

    /** The pooler's pool for a database. */
    PoolState pair(PoolerState pooler, String database, ServerState server) {
        return pooler.pairs.computeIfAbsent(database, key -> {
            PoolTotals totals = recorder.poolTotals(pooler.planned.name() + (database.isEmpty() ? "" : "/" + database));
            PoolState.PoolSettings settings = PoolState.PoolSettings.of(pooler.planned);
            totals.limit = settings.limit() == Topology.UNLIMITED ? 0 : settings.limit();
            pairTotals.add(totals);
            return new PoolState(
                    totals,
                    settings,
                    null,
                    new PoolState.Route(path(pooler.planned.path()), server, null, null),
                    recorder);
        });
    }

    Attempt attempt(int id) {
        return attempts.get(id);
    }

    Attempt takeAttempt() {
        Attempt attempt = freeAttempts.pollLast();
        if (attempt == null) {
            attempt = new Attempt(attempts.size());
            attempts.add(attempt);
        }
        return attempt;
    }

    /** The attempt is over; every event that means it is stale from now on. */
    void free(Attempt attempt) {
        attempt.enter(Attempt.State.FREE);
        attempt.life++;
        attempt.load = null;
        attempt.process = null;
        attempt.connecting = null;
        attempt.asked = null;
        attempt.hasCaller = false;
        attempt.startup = null;
        attempt.pair = null;
        attempt.heldCount = 0;
        attempt.abandoned = false;
        attempt.deadlineKnown = false;
        attempt.fellBack = false;
        freeAttempts.addLast(attempt);
    }

    /** Every attempt that is under way. */
    List<Attempt> underWay() {
        return attempts.stream().filter(one -> one.state != Attempt.State.FREE).toList();
    }

    /** Attempts that are in a server's database now. */
    long atWorkOn(ServerState server) {
        long atWork = 0;
        for (Attempt attempt : attempts) {
            boolean works = attempt.state == Attempt.State.ON_CPU || attempt.state == Attempt.State.IN_DATABASE;
            if (works && attempt.heldCount > 0 && attempt.newest().pool().route.server() == server) {
                atWork++;
            }
        }
        return atWork;
    }

    Connection connection(int id) {
        return connections.get(id);
    }

    Connection takeConnection() {
        Connection connection = freeConnections.pollLast();
        if (connection == null) {
            connection = new Connection(connections.size());
            connections.add(connection);
        }
        return connection;
    }

    void free(Connection connection) {
        connection.generation++;
        connection.state = Connection.State.FREE;
        connection.owner = null;
        connection.startup = null;
        connection.pair = null;
        connection.slowWatched = false;
        connection.overWatched = false;
        freeConnections.addLast(connection);
    }
}
