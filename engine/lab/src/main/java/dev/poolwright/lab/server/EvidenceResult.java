package dev.poolwright.lab.server;

import java.util.List;

/**
 * What was said to be done, beside what is on the server.
 *
 * @param acknowledged different operations the subjects acknowledged
 * @param found of these, those on the server
 * @param acknowledgedTwice acknowledgements of an operation already acknowledged: a subject that counts work twice
 * @param missing acknowledged and not on the server
 * @param unexpected on the server and never acknowledged: a commit whose answer was lost, which faults bring about
 */
public record EvidenceResult(long acknowledged, long found, long acknowledgedTwice, Rows missing, Rows unexpected) {

    /** One operation. */
    public record Row(int stream, long sequence) {}

    /**
     * Some operations.
     *
     * @param count all of them
     * @param first the first few of them, for the report
     */
    public record Rows(long count, List<Row> first) {
        public Rows {
            first = List.copyOf(first);
        }
    }

    public EvidenceResult {
        if (found + missing.count() != acknowledged) {
            throw new IllegalArgumentException("found = " + found + " and missing = " + missing.count()
                    + " must make up acknowledged = " + acknowledged);
        }
    }

    /** Some work was done, and all that was acknowledged is there, once. Without any work there is nothing a pass could stand on. */
    public boolean complete() {
        return acknowledged > 0 && missing.count() == 0 && acknowledgedTwice == 0;
    }
}
