package dev.poolwright.sim;

import dev.poolwright.model.run.Series;
import java.util.List;
import java.util.stream.LongStream;

/** Levels of one pool summed over instances and processes, and its counts by bin, for the series. Not thread-safe. */
final class PoolTotals {

    final String name;
    private final long binNanos;
    private final long[] refused;
    private final long[] refusedLeast;
    private final long[] refusedMost;
    private final long[] servedLate;
    private final long[] overtook;
    long inUse;
    long open;
    long waiting;
    long limit;

    /** @param bins at least 1; what comes later counts in the last one */
    PoolTotals(String name, long binNanos, int bins) {
        this.name = name;
        this.binNanos = binNanos;
        this.refused = new long[bins];
        this.refusedLeast = new long[bins];
        this.refusedMost = new long[bins];
        this.servedLate = new long[bins];
        this.overtook = new long[bins];
    }

    /** A wait ended without a connection. */
    void refused(long now, long waited) {
        int bin = bin(now);
        refused[bin]++;
        refusedLeast[bin] = refused[bin] == 1 ? waited : Math.min(waited, refusedLeast[bin]);
        refusedMost[bin] = Math.max(waited, refusedMost[bin]);
    }

    /** A caller that had waited in line was served. */
    void servedLate(long now) {
        servedLate[bin(now)]++;
    }

    /** It was served before one that had asked earlier. */
    void overtook(long now) {
        overtook[bin(now)]++;
    }

    private int bin(long now) {
        return (int) Math.min(now / binNanos, refused.length - 1);
    }

    List<Series> series() {
        return List.of(
                series("refused", refused),
                series("refused_least", refusedLeast),
                series("refused_most", refusedMost),
                series("served_late", servedLate),
                series("overtook", overtook));
    }

    private Series series(String what, long[] values) {
        return new Series(
                "pool/" + name + "/" + what, LongStream.of(values).boxed().toList());
    }
}
