package dev.poolwright.sim;

import dev.poolwright.policy.PathLaw;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The life of a connect: through the path, to the server's slot, until the server has set it up; and the close.
 *
 * <pre>
 *   open ──▶ path's law ──▶ crosses ──▶ server's slot ──▶ authenticates ──▶ connected
 *              │ full: waits             │ none left: 53300
 * </pre>
 */
final class Connects {

    private final Run run;
    private final World world;

    Connects(Run run) {
        this.run = run;
        this.world = run.world;
    }

    /** Begins a connect; what comes of it is told later, never from inside this call. */
    Connection open(PoolState pool, @Nullable Attempt owner, @Nullable InstanceState startup) {
        Connection connection = world.takeConnection();
        connection.owner = owner;
        connection.startup = startup;
        connection.beganAt = world.now;
        pool.attach(connection);
        PathState path = pool.route.path();
        if (path == null) {
            cross(connection, world.now);
            return connection;
        }
        if (path.refusing > 0) {
            connection.state = Connection.State.CROSSES_PATH;
            world.at(world.now + path.addsNanos, Opcode.PATH_REFUSED, connection.id, connection.generation);
            return connection;
        }
        if (path.silent > 0) {
            connection.state = Connection.State.CROSSES_PATH;
            path.unanswered.add(new PathState.Unanswered(connection, connection.generation));
            watch(connection, Long.MAX_VALUE);
            return connection;
        }
        ask(connection, path);
        return connection;
    }

    /** Asks for the path, whose answer may take. */
    private void ask(Connection connection, PathState path) {
        long established = path.law.ask(world.now, connection.id);
        if (established == PathLaw.WAITING) {
            connection.state = Connection.State.WAITS_FOR_PATH;
            path.sayFull(world.now);
            watch(connection, Long.MAX_VALUE);
        } else if (established == PathLaw.REFUSED) {
            connection.state = Connection.State.CROSSES_PATH;
            path.sayFull(world.now);
            world.at(world.now, Opcode.PATH_REFUSED, connection.id, connection.generation);
        } else {
            connection.onPath = true;
            cross(connection, established + path.addsNanos);
        }
        settle(path);
    }

    /** Those that were left without an answer, and have not given up, ask now. */
    void answer(PathState path) {
        while (path.silent == 0 && !path.unanswered.isEmpty()) {
            PathState.Unanswered next = path.unanswered.remove();
            if (next.connection().generation == next.generation()) {
                ask(next.connection(), path);
            }
        }
    }

    /** Reads whom the law let through; to be called after each call of the law. */
    void settle(PathState path) {
        for (long id = path.law.pollAdmitted(); id != PathLaw.NONE; id = path.law.pollAdmitted()) {
            Connection admitted = world.connection((int) id);
            admitted.onPath = true;
            cross(admitted, Math.max(world.now, path.law.establishedAt()) + path.addsNanos);
        }
        long change = path.law.nextChange();
        if (change != path.changeAt && change != PathLaw.NEVER) {
            world.at(change, Opcode.PATH_CHANGE, path.index, 0);
        }
        path.changeAt = change;
    }

    void change(PathState path) {
        path.law.advance(world.now);
        settle(path);
    }

    private void cross(Connection connection, long established) {
        connection.state = Connection.State.CROSSES_PATH;
        watch(connection, established);
        world.at(established, Opcode.ESTABLISHED, connection.id, connection.generation);
    }

    void established(Connection connection) {
        PoolState.Route route = connection.pool().route;
        PoolerState pooler = route.pooler();
        if (pooler != null) {
            if (pooler.clients >= pooler.planned.clients()) {
                fail(connection, pooler.planned.name() + " has its " + pooler.clients + " clients");
                return;
            }
            pooler.clients++;
            connection.onPooler = true;
            connected(connection);
            return;
        }
        ServerState server = route.server();
        world.recorder.count(server.connects, world.now);
        if (server.open >= server.limit) {
            if (server.full.hit(world.now)) {
                server.full.detail(server.open + " of " + server.limit + " connections, one more was refused (53300)");
            }
            drop(connection, "refused with 53300: " + server.open + " of " + server.limit + " connections");
            return;
        }
        server.open++;
        connection.onServer = true;
        connection.state = Connection.State.AUTHENTICATES;
        long done = world.now + server.planned.connectNanos() + server.connectAddsNanos;
        watch(connection, done);
        world.at(done, Opcode.CONNECTED, connection.id, connection.generation);
    }

    void connected(Connection connection) {
        connection.generation++;
        connection.openedAt = world.now;
        connection.state = Connection.State.IDLE;
        Attempt owner = connection.owner;
        InstanceState startup = connection.startup;
        connection.owner = null;
        connection.startup = null;
        if (owner != null) {
            owner.connecting = null;
            run.borrows.grant(owner, connection);
        } else if (startup != null) {
            run.startups.opened(startup);
        } else {
            run.borrows.returned(connection);
        }
    }

    void over(Connection connection) {
        fail(connection, "not connected after " + seconds(world.now - connection.beganAt) + ", " + where(connection));
    }

    void slow(Connection connection) {
        Tally slow = connection.pool().connectSlow;
        if (slow.hit(world.now)) {
            slow.detail("a connect of " + connection.pool().name() + " is under way for "
                    + seconds(world.now - connection.beganAt) + ", " + where(connection));
        }
    }

    private static String where(Connection connection) {
        PoolState.Route route = connection.pool().route;
        PathState path = route.path();
        String onPath = path == null ? "on its way" : "on path " + path.planned.name();
        return switch (connection.state) {
            case WAITS_FOR_PATH ->
                path == null
                        ? onPath
                        : "waits for path " + path.planned.name() + " (" + path.law.open() + " of "
                                + path.law.capacity() + " connections, " + path.law.waiting() + " wait)";
            case CROSSES_PATH -> onPath;
            case AUTHENTICATES -> "waits for server " + route.server().planned.name();
            case FREE, IDLE, IN_USE -> "connected";
        };
    }

    void refused(Connection connection) {
        PathState path = connection.pool().route.path();
        fail(
                connection,
                path != null && path.refusing > 0
                        ? "path " + path.planned.name() + " refuses connects"
                        : "the path lets no more connects wait");
    }

    void fail(Connection connection, String cause) {
        connection.pool().connectRefused.hit(world.now, cause);
        drop(connection, cause);
    }

    private void drop(Connection connection, String cause) {
        PoolState pool = connection.pool();
        Attempt owner = connection.owner;
        InstanceState startup = connection.startup;
        if (startup != null) {
            startup.opening.remove(connection);
        }
        close(connection);
        if (owner != null) {
            owner.connecting = null;
            run.operations.connectFailed(owner);
        } else if (startup != null) {
            run.startups.failed(startup, cause);
        }
        run.borrows.openForWaiting(pool);
    }

    /** Closes a connection, or gives up a connect; gives back what it holds of path, server and pooler. */
    void close(Connection connection) {
        PoolState pool = connection.pool();
        if (connection.state == Connection.State.IN_USE) {
            pool.totals.inUse--;
        }
        Connection pair = connection.pair;
        connection.pair = null;
        leavePath(connection, pool.route.path());
        if (connection.onServer) {
            connection.onServer = false;
            pool.route.server().open--;
        }
        if (connection.onPooler && pool.route.pooler() != null) {
            connection.onPooler = false;
            pool.route.pooler().clients--;
        }
        pool.detach(connection);
        world.free(connection);
        if (pair != null) {
            run.borrows.giveBack(pair);
        }
    }

    private void leavePath(Connection connection, @Nullable PathState path) {
        if (path == null) {
            return;
        }
        if (connection.state == Connection.State.WAITS_FOR_PATH) {
            path.law.leave(world.now, connection.id);
            settle(path);
        }
        if (connection.onPath) {
            connection.onPath = false;
            path.law.release(world.now);
            settle(path);
        }
    }

    /** Has connect.slow and the end of patience said in time, if this is still under way by then. */
    private void watch(Connection connection, long until) {
        PoolState.PoolSettings settings = connection.pool().settings;
        long takes = until - connection.beganAt;
        if (!connection.slowWatched && takes > settings.connectSlowNanos()) {
            connection.slowWatched = true;
            world.at(
                    Math.max(world.now, connection.beganAt + settings.connectSlowNanos()),
                    Opcode.CONNECT_SLOW,
                    connection.id,
                    connection.generation);
        }
        if (!connection.overWatched && takes > settings.connectTimeoutNanos()) {
            connection.overWatched = true;
            world.at(
                    Math.max(world.now, connection.beganAt + settings.connectTimeoutNanos()),
                    Opcode.CONNECT_OVER,
                    connection.id,
                    connection.generation);
        }
    }

    static String seconds(long nanos) {
        return nanos >= 1_000_000_000L
                ? String.format(Locale.ROOT, "%.1f s", nanos / 1e9)
                : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }
}
