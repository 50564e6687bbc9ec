package dev.poolwright.sim;

import org.jspecify.annotations.Nullable;

/**
 * One try of one operation, or one query of a start-up. Used again when it is over, so an event that means it carries its
 * life (for the whole try) or its generation (for one state of it). Not thread-safe.
 */
final class Attempt {

    /** Where it is. */
    enum State {
        FREE,
        /** Waits for its pause between tries to end. */
        PAUSES,
        /** Every caller of the process is busy. */
        WAITS_FOR_CALLER,
        WAITS_FOR_CONNECTION,
        CONNECTS,
        WAITS_FOR_POOLER,
        CONNECTS_FOR_POOLER,
        ON_CPU,
        IN_DATABASE,
        OUTSIDE;

        /** What it does, for people. */
        String words() {
            return switch (this) {
                case FREE -> "is over";
                case PAUSES -> "paused";
                case WAITS_FOR_CALLER -> "waited for a caller";
                case WAITS_FOR_CONNECTION -> "waited for a connection";
                case CONNECTS, CONNECTS_FOR_POOLER -> "was connecting";
                case WAITS_FOR_POOLER -> "waited for the pooler";
                case ON_CPU, IN_DATABASE -> "was in the database";
                case OUTSIDE -> "held its connection outside the database";
            };
        }
    }

    final int id;
    int life;
    int generation;
    State state = State.FREE;

    @Nullable
    LoadState load;

    long number;
    long intended;
    int failures;
    long deadlineAt;
    boolean deadlineKnown;
    /** The caller has left and tries again elsewhere; what becomes of this try is nobody's outcome. */
    boolean abandoned;

    @Nullable
    ProcessState process;

    int placeInInstance;
    /** The instance whose start-up waits for this; null for an operation. */
    @Nullable
    InstanceState startup;

    int borrow;
    int wanted;
    long askedAt;
    /** Whether it has stood in the pool's line since it asked. */
    boolean queued;

    boolean fellBack;
    long restNanos;

    /** Connections it holds, the newest last. */
    Connection[] held = new Connection[2];

    int heldCount;
    /** The pooler's server connection it holds in transaction mode. */
    @Nullable
    Connection pair;

    /** The connect that is under way for it. */
    @Nullable
    Connection connecting;

    /** The pool it asked last. */
    @Nullable
    PoolState asked;

    boolean hasCaller;

    /** The line it stands in, and its neighbours there. */
    @Nullable
    WaitLine line;

    @Nullable
    Attempt before;

    @Nullable
    Attempt after;

    Attempt(int id) {
        this.id = id;
    }

    void enter(State next) {
        state = next;
        generation++;
    }

    LoadState load() {
        if (load == null) {
            throw new IllegalStateException("attempt " + id + " is free");
        }
        return load;
    }

    ProcessState process() {
        if (process == null) {
            throw new IllegalStateException("attempt " + id + " is not with a process");
        }
        return process;
    }

    void hold(Connection connection) {
        if (heldCount == held.length) {
            held = java.util.Arrays.copyOf(held, 2 * heldCount);
        }
        held[heldCount++] = connection;
    }

    Connection newest() {
        return held[heldCount - 1];
    }

    boolean lastTry() {
        return failures >= load().retries;
    }
}
