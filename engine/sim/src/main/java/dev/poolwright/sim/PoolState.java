package dev.poolwright.sim;

import dev.poolwright.model.fleet.Pool.Discipline;
import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.plan.Topology.PlannedPool;
import dev.poolwright.model.plan.Topology.PlannedPooler;
import dev.poolwright.model.verdict.LinkKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pool of one process, or the pool that a pooler has for one database. Not thread-safe. */
final class PoolState {

    final PoolTotals totals;
    final PoolSettings settings;
    /** Null for a pool of a pooler. */
    final @Nullable ServiceState service;

    final Route route;
    final WaitLine waiting = new WaitLine();
    final List<Connection> connections = new ArrayList<>();
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    final Tally full;
    final Tally timeout;
    final Tally refused;
    final Tally leak;
    final Tally incompatible;
    final Tally connectSlow;
    final Tally connectRefused;
    boolean closed;

    PoolState(
            PoolTotals totals, PoolSettings settings, @Nullable ServiceState service, Route route, Recorder recorder) {
        this.totals = totals;
        this.settings = settings;
        this.service = service;
        this.route = route;
        this.full = recorder.tally(LinkKind.POOL_FULL, totals.name);
        this.timeout = recorder.tally(LinkKind.ACQUIRE_TIMEOUT, totals.name);
        this.refused = recorder.tally(LinkKind.ACQUIRE_REFUSED, totals.name);
        this.leak = recorder.tally(LinkKind.POOL_LEAK, totals.name);
        this.incompatible = recorder.tally(LinkKind.POOL_INCOMPATIBLE, totals.name);
        this.connectSlow = service != null ? service.connectSlow : recorder.tally(LinkKind.CONNECT_SLOW, totals.name);
        this.connectRefused =
                recorder.tally(LinkKind.CONNECT_REFUSED, route.server().planned.name());
    }

    /** Where its connections lead: straight to a server, or to a pooler's pool. */
    record Route(
            @Nullable PathState path,
            ServerState server,
            @Nullable PoolerState pooler,
            @Nullable PoolState pair) {}

    /** The numbers of a pool with its class's behaviour already applied. */
    record PoolSettings(
            int size,
            int limit,
            boolean lifo,
            long acquireTimeoutNanos,
            long connectTimeoutNanos,
            int waiters,
            long maxLifetimeNanos,
            long connectSlowNanos,
            String incompatible,
            long reclaimAfterNanos) {

        static PoolSettings of(PlannedPool pool) {
            int size = switch (pool.behaviour()) {
                case QUEUE -> pool.size();
                case NULL -> 0;
                case STATIC -> 1;
            };
            int limit = switch (pool.behaviour()) {
                case QUEUE -> pool.limit();
                case NULL -> Topology.UNLIMITED;
                case STATIC -> 1;
            };
            return new PoolSettings(
                    size,
                    limit,
                    pool.discipline() == Discipline.LIFO,
                    pool.acquireTimeoutNanos(),
                    pool.connectTimeoutNanos(),
                    pool.waiters(),
                    pool.maxLifetimeNanos(),
                    pool.connectSlowNanos(),
                    pool.incompatible(),
                    pool.reclaimAfterNanos());
        }

        /** A pooler's pool takes its last used connection first (PgBouncer's default, {@code server_round_robin = 0}). */
        static PoolSettings of(PlannedPooler pooler) {
            int most = (int) Math.min((long) pooler.poolSize() + pooler.reserve(), Topology.UNLIMITED);
            return new PoolSettings(
                    most,
                    most,
                    true,
                    pooler.queryWaitNanos(),
                    Long.MAX_VALUE,
                    Topology.UNLIMITED,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE,
                    "",
                    Long.MAX_VALUE);
        }
    }

    String name() {
        return totals.name;
    }

    int idleCount() {
        return idle.size();
    }

    int open() {
        return connections.size();
    }

    /** What it can have in use at once, for the series; 0 where nothing bounds it. */
    long countedLimit(int callers) {
        int limit = Math.min(settings.limit(), callers);
        return limit == Topology.UNLIMITED ? 0 : limit;
    }

    boolean mayOpen() {
        return connections.size() < settings.limit();
    }

    void attach(Connection connection) {
        connection.pool = this;
        connection.placeInPool = connections.size();
        connections.add(connection);
        totals.open++;
    }

    void detach(Connection connection) {
        Connection last = connections.remove(connections.size() - 1);
        if (last != connection) {
            connections.set(connection.placeInPool, last);
            last.placeInPool = connection.placeInPool;
        }
        totals.open--;
        connection.pool = null;
    }

    /** Keeps a connection for the next who asks. */
    void keep(Connection connection) {
        connection.state = Connection.State.IDLE;
        idle.addLast(connection);
    }

    @Nullable
    Connection pollIdle() {
        return settings.lifo() ? idle.pollLast() : idle.pollFirst();
    }

    /** Nobody asks any more. */
    void close() {
        closed = true;
        idle.clear();
    }

    boolean isOfPooler() {
        return service == null;
    }
}
