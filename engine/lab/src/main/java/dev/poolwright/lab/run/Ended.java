package dev.poolwright.lab.run;

import dev.poolwright.model.run.LoadResult.Outcome;
import java.io.Serializable;
import java.util.List;

/**
 * How one try of an operation ended in its instance.
 *
 * @param waitedNanos for connections, all borrows together
 * @param wrote whether the evidence was acknowledged by the server
 * @param error the first database error; empty when there is none
 * @param acquires in their order; empty where the instance does not say
 */
record Ended(Outcome outcome, long waitedNanos, boolean wrote, String error, List<Acquire> acquires)
        implements Serializable {

    /** The copy is one of the JDK's own lists, which are serializable. */
    Ended {
        acquires = List.copyOf(acquires);
    }

    /** Where the instance does not say how it acquired. */
    Ended(Outcome outcome, long waitedNanos, boolean wrote, String error) {
        this(outcome, waitedNanos, wrote, error, List.of());
    }
}
