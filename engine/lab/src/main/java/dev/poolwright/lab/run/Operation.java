package dev.poolwright.lab.run;

import java.io.Serializable;
import java.util.List;

/**
 * One operation, drawn: what an instance executes.
 *
 * @param number of the operation in its load; from 0
 * @param load {@code service/load}
 * @param stream number of the load, as evidence names it
 * @param run name under which evidence is written
 * @param process of the instance that executes it; wraps around
 * @param intendedNanos moment of the run at which it was to begin
 * @param deadlineNanos moment of the run at which the caller leaves; {@code Long.MAX_VALUE} for never
 * @param evidence whether it writes its (run, stream, sequence)
 */
record Operation(
        long number,
        String load,
        String run,
        int stream,
        int process,
        long intendedNanos,
        long deadlineNanos,
        boolean evidence,
        List<Hold> holds)
        implements Serializable {

    /** The copy is one of the JDK's own lists, which are serializable. */
    Operation {
        holds = List.copyOf(holds);
    }

    /** One borrow with its drawn times. */
    record Hold(String pool, int connections, boolean nested, long inDatabaseNanos, long outsideNanos)
            implements Serializable {}
}
