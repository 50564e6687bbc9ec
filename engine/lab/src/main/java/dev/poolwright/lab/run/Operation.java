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

    /**
     * One borrow with its drawn times.
     *
     * @param work what is done in the database instead of sleeping there for {@code inDatabaseNanos}; empty for the sleep
     */
    record Hold(
            String pool,
            int connections,
            boolean nested,
            long inDatabaseNanos,
            long outsideNanos,
            List<Statement> work,
            boolean transaction)
            implements Serializable {

        Hold {
            work = List.copyOf(work);
        }

        /** One that sleeps in the database. */
        Hold(String pool, int connections, boolean nested, long inDatabaseNanos, long outsideNanos) {
            this(pool, connections, nested, inDatabaseNanos, outsideNanos, List.of(), false);
        }
    }

    /**
     * One statement of real work.
     *
     * @param sql with {@code ?} for the arguments
     * @param arguments drawn
     */
    record Statement(String sql, List<Long> arguments) implements Serializable {
        Statement {
            arguments = List.copyOf(arguments);
        }

        /** The same with {@code $1}, {@code $2}, …, as the server's own protocol has them. */
        String numbered() {
            StringBuilder numbered = new StringBuilder(sql.length() + 8);
            int argument = 0;
            for (int i = 0; i < sql.length(); i++) {
                char c = sql.charAt(i);
                if (c == '?' && argument < arguments.size()) {
                    numbered.append('$').append(++argument);
                } else {
                    numbered.append(c);
                }
            }
            return numbered.toString();
        }
    }
}
