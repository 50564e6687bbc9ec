package dev.poolwright.model.fleet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A deployable.
 *
 * @param stack runtime, library, version and driver
 * @param instances how many run
 * @param processes kinds of process in one instance; {@code "main"} where only a count is written
 * @param pools by name
 * @param loads by name
 * @param startup phases in order; empty when not said
 * @param calledBy loads of other services that call this one
 */
public record Service(
        String name,
        Stack stack,
        Instances instances,
        Map<String, ProcessKind> processes,
        Map<String, Pool> pools,
        Map<String, Load> loads,
        List<StartupPhase> startup,
        List<CalledBy> calledBy,
        Origin origin) {

    public Service {
        processes = Collections.unmodifiableMap(new LinkedHashMap<>(processes));
        pools = Collections.unmodifiableMap(new LinkedHashMap<>(pools));
        loads = Collections.unmodifiableMap(new LinkedHashMap<>(loads));
        startup = List.copyOf(startup);
        calledBy = List.copyOf(calledBy);
    }

    /** What a pool of this service runs in: its own stack, else the service's. */
    public Stack stackOf(Pool pool) {
        return pool.stack().equals(Stack.UNSTATED) ? stack : pool.stack();
    }

    /**
     * What a service is made of; each empty when not said.
     *
     * @param runtime {@code asyncio}, {@code threads}, {@code virtual-threads}, {@code event-loop}, {@code prefork}, {@code serverless}
     * @param library {@code sqlalchemy}, {@code hikaricp}, …
     * @param version of the library
     * @param driver {@code asyncpg}, {@code pgjdbc}, …
     */
    public record Stack(String runtime, String library, String version, String driver, Origin origin) {
        public static final Stack UNSTATED = new Stack("", "", "", "", Origin.NONE);
    }

    /**
     * How many instances run.
     *
     * @param surge extra instances alive during a rolling deploy (rounded up where written in per cent)
     * @param rollout how a new version replaces the old
     * @param scale what the autoscaler watches; empty when there is none
     */
    public record Instances(
            Value<Integer> min, Value<Integer> max, Value<Surge> surge, Rollout rollout, String scale) {}

    /** Extra instances during a rolling deploy: a number, or a share of the instances, rounded up. */
    public record Surge(int count, double share) {
        public static final Surge NONE = new Surge(0, 0);

        public int of(int instances) {
            return count + (int) Math.ceil(share * instances - 1e-9);
        }

        @Override
        public String toString() {
            return share == 0 ? Integer.toString(count) : Math.round(share * 100) + "%";
        }
    }

    /** How a new version replaces the old. */
    public enum Rollout {
        ROLLING,
        RECREATE
    }

    /**
     * One kind of process in an instance.
     *
     * @param count how many of them run in one instance
     * @param callers who can ask for a connection in one process
     * @param poolMade before or after the fork, where there is one
     */
    public record ProcessKind(
            String name, Value<Integer> count, Value<Limit> callers, String callerKind, PoolMade poolMade) {}

    /** When the pool of a forked process is made. */
    public enum PoolMade {
        IN_PROCESS,
        AFTER_FORK,
        BEFORE_FORK
    }

    /**
     * Another service's load that calls this one: each call borrows once here.
     *
     * @param service that calls
     * @param load of it, each of whose operations makes one call
     * @param pool of this service that the call borrows from
     * @param hold what the call does with its connection
     */
    public record CalledBy(String service, String load, String pool, Hold hold, Origin origin) {}
}
