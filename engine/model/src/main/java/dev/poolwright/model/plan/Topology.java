package dev.poolwright.model.plan;

import dev.poolwright.model.fleet.Pool.Discipline;
import dev.poolwright.model.fleet.Pooler.Mode;
import dev.poolwright.model.fleet.StartupPhase;
import dev.poolwright.policy.StartupPhases;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * What there is, in numbers. {@link #UNLIMITED} stands for no bound on a count, {@code Long.MAX_VALUE} for no bound on a
 * time. References are names; every name resolves, or the plan would not have been made.
 */
public record Topology(
        List<PlannedServer> servers,
        List<PlannedPooler> poolers,
        List<PlannedPath> paths,
        List<PlannedService> services,
        PlannedPlatform platform) {

    /** No bound on a count. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    public Topology {
        servers = List.copyOf(servers);
        poolers = List.copyOf(poolers);
        paths = List.copyOf(paths);
        services = List.copyOf(services);
    }

    public PlannedServer server(String name) {
        return servers.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> missing(name));
    }

    public PlannedService service(String name) {
        return services.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> missing(name));
    }

    public PlannedPath path(String name) {
        return paths.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow(() -> missing(name));
    }

    /** A pool by {@code service/pool}. */
    public PlannedPool pool(String name) {
        return services.stream()
                .flatMap(service -> service.pools().stream())
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> missing(name));
    }

    private static NoSuchElementException missing(String name) {
        return new NoSuchElementException("the plan has no " + name);
    }

    /**
     * A server.
     *
     * @param connections that applications can have: its limit less what is reserved and what others hold
     * @param cores shared by the work in the database; infinite for none modelled
     * @param connectNanos to set up one connection
     */
    public record PlannedServer(
            String name, String version, int maxConnections, int connections, double cores, long connectNanos) {}

    /** A pooler: one pool for each pair of database and role. */
    public record PlannedPooler(
            String name,
            String at,
            String path,
            Mode mode,
            int poolSize,
            int reserve,
            int clients,
            long queryWaitNanos) {}

    /** A path; see {@code PathLaw} in policy for what the numbers do. */
    public record PlannedPath(
            String name,
            int connections,
            int connectionsMaximum,
            long latencyNanos,
            long scaleOutDelayNanos,
            long stressLatencyNanos) {}

    /**
     * A service.
     *
     * @param instances ready at the begin of the run
     * @param processes kinds of process in an instance
     * @param startup what an instance that starts goes through
     * @param steps of the start-up, by phase and step, as the decision numbers them
     */
    public record PlannedService(
            String name,
            int instances,
            List<PlannedProcess> processes,
            List<PlannedPool> pools,
            StartupPhases startup,
            List<List<PlannedStep>> steps) {
        public PlannedService {
            processes = List.copyOf(processes);
            pools = List.copyOf(pools);
            steps = steps.stream().map(List::copyOf).toList();
        }
    }

    /** So many processes of a kind in each instance; {@code callers} in one process, or {@link #UNLIMITED}. */
    public record PlannedProcess(String name, int count, int callers) {}

    /** What a start-up step does; {@code pool} is {@code service/pool}, or empty for plain work. */
    public record PlannedStep(StartupPhase.Kind kind, String pool, int connections, long takesNanos) {}

    /**
     * A pool as each process of its kind has it.
     *
     * @param name {@code service/pool}
     * @param process kind of process that has it; empty for every kind
     * @param behaviour what the class does
     * @param at name of the server or pooler it connects to
     * @param server name of the server at the end
     * @param database logical database; may be empty
     * @param path name; empty for none
     * @param minimumIdle opened at the start of a process and kept
     * @param connectSlowNanos a connect that takes longer is a {@code connect.slow}
     * @param incompatible the error text of a class that cannot work here; empty when it can
     * @param onLost {@code service/pool} that takes over; empty for none
     * @param reclaimAfterNanos a connection lent for longer is taken back and closed
     */
    public record PlannedPool(
            String name,
            String process,
            Behaviour behaviour,
            String at,
            String server,
            String database,
            String path,
            int size,
            int overflow,
            int minimumIdle,
            Discipline discipline,
            long acquireTimeoutNanos,
            long connectTimeoutNanos,
            int waiters,
            long maxLifetimeNanos,
            long connectSlowNanos,
            String incompatible,
            String onLost,
            long reclaimAfterNanos) {

        /** One that never takes a lent connection back. */
        public PlannedPool(
                String name,
                String process,
                Behaviour behaviour,
                String at,
                String server,
                String database,
                String path,
                int size,
                int overflow,
                int minimumIdle,
                Discipline discipline,
                long acquireTimeoutNanos,
                long connectTimeoutNanos,
                int waiters,
                long maxLifetimeNanos,
                long connectSlowNanos,
                String incompatible,
                String onLost) {
            this(
                    name,
                    process,
                    behaviour,
                    at,
                    server,
                    database,
                    path,
                    size,
                    overflow,
                    minimumIdle,
                    discipline,
                    acquireTimeoutNanos,
                    connectTimeoutNanos,
                    waiters,
                    maxLifetimeNanos,
                    connectSlowNanos,
                    incompatible,
                    onLost,
                    Long.MAX_VALUE);
        }

        /** size + overflow, or {@link #UNLIMITED}. */
        public int limit() {
            return size == UNLIMITED || overflow == UNLIMITED ? UNLIMITED : Math.addExact(size, overflow);
        }
    }

    /** What a pool class does with connections. */
    public enum Behaviour {
        /** Keeps up to size, opens overflow above it, lets callers wait. */
        QUEUE,
        /** Opens one for each borrow and closes it at the give-back; nobody waits. */
        NULL,
        /** One connection for everybody. */
        STATIC
    }

    /** What runs the services; {@code Long.MAX_VALUE} for no limit. */
    public record PlannedPlatform(long startLimitNanos, long restartDelayNanos, long requestTimeoutNanos) {}
}
