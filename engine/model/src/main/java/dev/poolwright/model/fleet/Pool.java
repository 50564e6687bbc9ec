package dev.poolwright.model.fleet;

import dev.poolwright.policy.Wait;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pool as one process has it.
 *
 * @param stack its own where a service has pools of several libraries; {@link Service.Stack#UNSTATED} for the service's
 * @param target server or pooler, database, role
 * @param path network path to it; empty for none
 * @param kind the pool class as written, for example {@code QueuePool}; empty when left out
 * @param process name of the kind of process that has it; empty for every kind
 * @param sizing how many connections
 * @param waiting how long callers wait, and for what
 * @param lifetimes when connections are closed or checked
 * @param use what the application does with it that matters to a pooler, and what happens when its server is lost
 * @param written every setting as written, by key, for the rules that compare written with effective
 */
public record Pool(
        String name,
        Service.Stack stack,
        Target target,
        String path,
        String kind,
        String process,
        Sizing sizing,
        Waiting waiting,
        Lifetimes lifetimes,
        Use use,
        Map<String, Value<Object>> written,
        Origin origin) {

    public Pool {
        written = Collections.unmodifiableMap(new LinkedHashMap<>(written));
    }

    /**
     * How many connections.
     *
     * @param size connections kept
     * @param overflow opened above size and closed when given back
     * @param minimumIdle kept open although nobody uses them
     */
    public record Sizing(Value<Limit> size, Value<Limit> overflow, Value<Integer> minimumIdle) {

        /** size + overflow, for each possible value; empty when one of them is unknown. */
        public List<Limit> most() {
            return size.possible().stream()
                    .flatMap(s -> overflow.possible().stream().map(s::plus))
                    .toList();
        }
    }

    /**
     * How callers wait.
     *
     * @param acquireTimeout for a connection of the pool
     * @param connectTimeout for the server to answer a connect
     * @param waiters how many may wait; more are refused at once
     */
    public record Waiting(
            Value<Wait> acquireTimeout, Value<Wait> connectTimeout, Value<Limit> waiters, Discipline discipline) {}

    /** Who is served first. */
    public enum Discipline {
        FIFO,
        LIFO
    }

    /**
     * When connections are closed or checked; {@code Forever} means never closed for that reason.
     *
     * @param reclaimAfter a connection that is lent for longer is taken from its borrower and closed
     *     ({@code removeAbandonedTimeout} of Tomcat JDBC and Commons DBCP); {@code Forever} where the library has no such setting
     */
    public record Lifetimes(
            Value<Wait> maxLifetime, Value<Wait> idleTimeout, Validation validation, Wait reclaimAfter) {

        /** One that never takes a connection back. */
        public Lifetimes(Value<Wait> maxLifetime, Value<Wait> idleTimeout, Validation validation) {
            this(maxLifetime, idleTimeout, validation, Wait.forever());
        }
    }

    /** When a connection is checked. */
    public enum Validation {
        NEVER,
        ON_BORROW,
        WHEN_IDLE
    }

    /**
     * What the application does that matters elsewhere.
     *
     * @param sessionState features that need one server session: {@code listen}, {@code set}, {@code prepared}, {@code advisory_lock}, {@code temp_table}
     * @param onLost name of the pool of the same service that takes over when this one's server is lost; empty for none
     */
    public record Use(List<String> sessionState, String onLost) {
        public static final Use PLAIN = new Use(List.of(), "");

        public Use {
            sessionState = List.copyOf(sessionState);
        }
    }
}
