package dev.poolwright.model.fleet;

import dev.poolwright.policy.Backoff;
import dev.poolwright.policy.Wait;
import java.time.Duration;
import java.util.List;

/**
 * What one kind of operation asks of a pool.
 *
 * @param perSecond declared rate over all instances
 * @param pool of the same service; empty for an operation that takes no connection, as a health check should be
 * @param hold what is done with the connection
 * @param atOnce connections that one caller holds at the same time
 * @param then further borrows of the same operation
 * @param deadline the caller has left by then
 * @param retries after a failure
 * @param batch for load that does not run all the time
 * @param work what the lab does in the database for the first borrow
 */
public record Load(
        String name,
        Value<Double> perSecond,
        String pool,
        Hold hold,
        int atOnce,
        List<Then> then,
        Wait deadline,
        Retries retries,
        Batch batch,
        Work work,
        Origin origin) {

    public Load {
        then = List.copyOf(then);
    }

    /** One that sleeps in the database. */
    public Load(
            String name,
            Value<Double> perSecond,
            String pool,
            Hold hold,
            int atOnce,
            List<Then> then,
            Wait deadline,
            Retries retries,
            Batch batch,
            Origin origin) {
        this(name, perSecond, pool, hold, atOnce, then, deadline, retries, batch, Work.sleep(), origin);
    }

    /** A further borrow: from {@code pool}, while the connection of {@code whileHolding} (a pool; empty for none) is still held. */
    public record Then(String pool, String whileHolding, Hold hold) {}

    /** How often a failed operation is tried again, and after what pause. */
    public record Retries(int most, Backoff backoff) {
        public static final Retries NONE = new Retries(0, Backoff.NONE);
    }

    /** Runs for {@code lasts} every {@code every}; both zero when it runs all the time. */
    public record Batch(Duration every, Duration lasts) {
        public static final Batch ALWAYS = new Batch(Duration.ZERO, Duration.ZERO);
    }
}
