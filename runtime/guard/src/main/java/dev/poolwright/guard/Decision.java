package dev.poolwright.guard;

/** What the guard decides; each has its {@link Mode}. */
public enum Decision {
    /** No more callers of a class wait than its bound. */
    WAITERS,
    /** Nobody waits who cannot be done by the caller's deadline. */
    DEADLINE,
    /** A borrow by a thread that holds a connection already is watched, and refused when every holder waits. */
    NESTED_BORROW,
    /** Whoever waited too long while a queue stands is dropped (CoDel). */
    STANDING_QUEUE,
    /** The limit finds its own height below the pool's size (AIMD). Off unless asked for. */
    ADAPTIVE_LIMIT,
    /** Borrows marked as retries stay within a share of all. */
    RETRY_BUDGET,
    /** No borrow while the database fails. */
    BREAKER,
    /** Connections held too long, and a floor of use that rises, are reported. Nothing is ever refused or taken for it. */
    LEAK;

    /** Whether enforcing it makes the guard hold callers back at its own gate. */
    boolean usesGate() {
        return this == WAITERS
                || this == DEADLINE
                || this == NESTED_BORROW
                || this == STANDING_QUEUE
                || this == ADAPTIVE_LIMIT;
    }
}
