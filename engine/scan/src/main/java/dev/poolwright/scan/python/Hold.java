package dev.poolwright.scan.python;

import dev.poolwright.model.fleet.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * A session or connection at one point of a function.
 *
 * @param locked whether it holds a row lock or a transaction that was begun in so many words
 * @param given whether it came from outside (a parameter, an attribute), so that its end is not to be seen here
 * @param steps how it came here, in reading order
 */
record Hold(Handle handle, Status status, boolean locked, boolean given, List<Step> steps) {

    static final String FIRST_QUERY = "first query ";

    /** Whether a connection is out of the pool. */
    enum Status {
        FREE,
        MAYBE,
        HELD
    }

    Hold {
        steps = List.copyOf(steps);
    }

    Hold with(Status other, boolean lock) {
        return new Hold(handle, other, other == Status.FREE ? false : locked || lock, given, steps);
    }

    /** Adds a step; of several first queries the last counts, because what was before was given back. */
    Hold with(Step step) {
        List<Step> all = new ArrayList<>(steps);
        if (step.what().startsWith(FIRST_QUERY)) {
            all.removeIf(one -> one.what().startsWith(FIRST_QUERY));
        }
        all.add(step);
        return new Hold(handle, status, locked, given, all);
    }

    boolean held() {
        return status == Status.HELD;
    }

    Hold join(Hold other) {
        if (status == other.status) {
            return locked ? other : this;
        }
        return new Hold(handle, Status.MAYBE, locked && other.locked, given, held() ? steps : other.steps);
    }
}
