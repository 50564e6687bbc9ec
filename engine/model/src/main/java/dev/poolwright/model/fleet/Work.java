package dev.poolwright.model.fleet;

import java.util.List;

/**
 * What the lab does in the database while a load holds its first connection. The simulator plans with the stated hold
 * whatever the work is.
 */
public sealed interface Work {

    /** Sleeps there for the drawn time, with {@code pg_sleep}. */
    static Work sleep() {
        return new Sleep();
    }

    /** So many times 100,000 accounts at most, some 1.6 GB. */
    int MOST_SCALE = 100;

    /** The tables it reads and writes, in units of 100,000 accounts as pgbench has them; 0 for none of these. */
    default int scale() {
        return 0;
    }

    /** Sleeps in the database. */
    record Sleep() implements Work {}

    /** Reads one account by its key, as {@code pgbench -S} does. */
    record OneRow(int scale) implements Work {
        public OneRow {
            check(scale);
        }
    }

    /** Reads so many accounts by their keys, in one transaction. */
    record Transaction(int statements, int scale) implements Work {
        public Transaction {
            check(scale);
            if (statements < 1 || statements > 1000) {
                throw new IllegalArgumentException("statements = " + statements + ": must be from 1 to 1000");
            }
        }
    }

    /** The five statements of pgbench's TPC-B-like transaction. */
    record TpcB(int scale) implements Work {
        public TpcB {
            check(scale);
        }
    }

    /**
     * The statements of a file, in one transaction; {@code :operation} in them is the number of the operation.
     *
     * @param file as it is named
     */
    record Sql(String file, List<String> statements) implements Work {
        public Sql {
            statements = List.copyOf(statements);
            if (statements.isEmpty()) {
                throw new IllegalArgumentException("sql = " + file + ": no statement in it");
            }
        }
    }

    private static void check(int scale) {
        if (scale < 1 || scale > MOST_SCALE) {
            throw new IllegalArgumentException("scale = " + scale + ": must be from 1 to " + MOST_SCALE);
        }
    }
}
