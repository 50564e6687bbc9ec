package dev.poolwright.guard;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;

/**
 * A borrow that the guard refused: the standard transient exception, with SQLSTATE 53P01 to 53P04 (see {@link Refusal}),
 * when to come back, and the numbers that decided.
 */
public final class BorrowRefusedException extends SQLTransientConnectionException {

    private static final long serialVersionUID = 1;

    private final Refusal refusal;
    private final long retryAfterNanos;

    /** The numbers at the moment of refusal. */
    private final int inUse;

    private final int limit;
    private final int waiting;

    BorrowRefusedException(
            String guard, Refusal refusal, long retryAfterNanos, int inUse, int limit, int waiting, String detail) {
        super(
                "guard " + guard + ": " + refusal.text() + " (in use = " + inUse + " of " + limit + ", waiting = "
                        + waiting + detail + "); retry after " + Math.max(1, retryAfterNanos / 1_000_000) + " ms",
                refusal.sqlState());
        this.refusal = refusal;
        this.retryAfterNanos = retryAfterNanos;
        this.inUse = inUse;
        this.limit = limit;
        this.waiting = waiting;
    }

    public Refusal refusal() {
        return refusal;
    }

    /** When it is worth asking again, at the soonest: what drains the queue, or lets the breaker probe. */
    public Duration retryAfter() {
        return Duration.ofNanos(retryAfterNanos);
    }

    /** Connections in use when it was refused. */
    public int inUse() {
        return inUse;
    }

    /** The limit when it was refused. */
    public int limit() {
        return limit;
    }

    /** Callers that waited when it was refused. */
    public int waiting() {
        return waiting;
    }
}
