package dev.poolwright.guard;

import java.util.Map;

/**
 * What a guard counted since it was made, and how things stand.
 *
 * @param name the guard's name
 * @param state one word for people and for readiness; see {@link State}
 * @param load how things stand now
 * @param counts what happened so far
 * @param refused refusals by reason
 * @param wouldHaveRefused what decisions that are only observed would have refused, by reason
 */
public record Snapshot(
        String name,
        State state,
        Load load,
        Counts counts,
        Map<Refusal, Long> refused,
        Map<Refusal, Long> wouldHaveRefused) {

    public Snapshot {
        refused = Map.copyOf(refused);
        wouldHaveRefused = Map.copyOf(wouldHaveRefused);
    }

    /** One word for how it is, without taking a connection. */
    public enum State {
        /** Connections are free. */
        FREE,
        /** All are in use. The database is not down: a restart would make it worse. */
        SATURATED,
        /** The database fails. */
        DATABASE_FAILS
    }

    /**
     * @param limit the most that may be in use; {@code Shares.MOST} when nobody knows
     * @param inUse connections that are out
     * @param waiting callers that wait, at the guard or beyond it
     * @param suspects connections that are held so long that they were probably forgotten
     * @param expectedHoldNanos the mean of recent holds, 0 when nothing is known
     * @param p99HoldNanos what 99 % of recent holds do not exceed, 0 when nothing is known
     */
    public record Load(int limit, int inUse, int waiting, int suspects, long expectedHoldNanos, long p99HoldNanos) {}

    /**
     * @param borrowed connections handed out
     * @param waited borrows that had to wait at the guard
     * @param failed borrows that the pool failed
     * @param nested borrows by a thread that held a connection
     * @param leaks connections that were suspected
     * @param ownFaults faults of the guard or of its listener, none of which reached a caller
     */
    public record Counts(long borrowed, long waited, long failed, long nested, long leaks, long ownFaults) {}
}
