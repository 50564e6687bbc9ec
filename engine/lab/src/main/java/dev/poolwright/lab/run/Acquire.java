package dev.poolwright.lab.run;

import java.io.Serializable;

/**
 * One caller's asking of a pool for a connection.
 *
 * @param process of the instance
 * @param askedNanos moment of the run
 * @param endedNanos when it was served, refused, or left
 */
record Acquire(String pool, int process, long askedNanos, long endedNanos, End end) implements Serializable {

    /** What came of it. */
    enum End {
        SERVED,
        /** Refused for want of a connection: after its full wait, or at once because too many wait. */
        REFUSED,
        /** Anything else: the caller left, a connect failed. */
        OTHER
    }
}
