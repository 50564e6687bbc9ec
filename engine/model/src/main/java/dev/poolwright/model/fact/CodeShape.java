package dev.poolwright.model.fact;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Step;
import java.util.List;

/**
 * A shape of code that decides how long or how often connections are held.
 *
 * @param subject the function or class that it is in
 * @param what in words, for example {@code HTTP call requests.post}
 * @param pool name of the pool that it is about; empty when not known
 * @param certain whether it happens each time the code runs; else it depends on what cannot be seen here
 * @param steps what leads to it, in reading order, the last one at {@code origin} or beyond
 */
public record CodeShape(
        Shape shape,
        String subject,
        String what,
        String pool,
        boolean certain,
        List<Step> steps,
        Place place,
        Origin origin)
        implements Fact {

    public CodeShape {
        steps = List.copyOf(steps);
    }

    /** The closed list of shapes. */
    public enum Shape {
        /** A connection is held across something slow that is not the database. */
        HELD_ACROSS_SLOW,
        /** A response streams, or a file is sent, while the request's session stays open. */
        HELD_WHILE_STREAMING,
        /** A second connection is borrowed while the first is held. */
        NESTED_BORROW,
        /** A way leads out of the code on which a session or connection is not closed. */
        NOT_ALWAYS_CLOSED,
        /** A generator that yields a session is left open by whoever asks it for one. */
        GENERATOR_LEFT_OPEN,
        /** A pool or engine is made by each call, request, tenant or object. */
        POOL_PER_CALL,
        /** A pool is made before the process forks. */
        POOL_BEFORE_FORK,
        /** The child of a fork disposes of the pool that it was born with: no fault, and what makes one of the shape above none. */
        DISPOSED_AFTER_FORK,
        /** A pool is shared by several event loops. */
        SHARED_BY_LOOPS,
        /** Nothing bounds how many callers ask a small pool at the same time. */
        UNBOUNDED_CALLERS,
        /** A health check needs a connection of the pool. */
        POOL_IN_HEALTH_CHECK,
        /** A feature that needs one server session: SET, LISTEN, advisory lock, prepared statement, temporary table. */
        SESSION_STATE,
        /** A failure of the database is reported as something else, for example as an authentication failure. */
        MISREPORTED_FAILURE,
        /** One failed connect at start ends the process, or connects are retried without any pause. */
        NO_PAUSE_BETWEEN_CONNECTS
    }
}
