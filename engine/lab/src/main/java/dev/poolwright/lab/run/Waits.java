package dev.poolwright.lab.run;

import dev.poolwright.model.run.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How callers were served and refused, pool by pool, as series. Whether somebody overtook is told at the end: B overtook A if
 * B asked later, was served, and A still waited then. Moments are taken by the callers' own threads, which a busy machine
 * wakes late and in any order, so what lies closer together than 20 ms is not told apart. Thread-safe by one lock.
 */
final class Waits {

    static final long TOLD_APART_NANOS = 20_000_000;

    /** Acquires kept of one run; who comes later is still counted as refused or served, but not looked at for overtaking. */
    static final int MOST = 2_000_000;

    private final long binNanos;
    private final int bins;
    private final Map<String, Counts> pools = new LinkedHashMap<>();
    private final Map<Line, List<Acquire>> lines = new LinkedHashMap<>();
    private int kept;

    Waits(List<String> names, long binNanos, int bins) {
        this.binNanos = binNanos;
        this.bins = bins;
        names.forEach(name -> pools.put(name, new Counts(bins)));
    }

    /** One pool of one process of one instance: where callers can overtake each other. */
    private record Line(Instance instance, String pool, int process) {}

    private static final class Counts {
        private final long[] refused;
        private final long[] least;
        private final long[] most;
        private final long[] servedLate;
        private final long[] overtook;

        Counts(int bins) {
            refused = new long[bins];
            least = new long[bins];
            most = new long[bins];
            servedLate = new long[bins];
            overtook = new long[bins];
        }
    }

    synchronized void note(Instance instance, int processes, List<Acquire> acquires) {
        for (Acquire acquire : acquires) {
            Counts counts = pools.get(acquire.pool());
            if (counts == null) {
                continue;
            }
            int bin = bin(acquire.endedNanos());
            long waited = acquire.endedNanos() - acquire.askedNanos();
            if (acquire.end() == Acquire.End.REFUSED) {
                counts.refused[bin]++;
                counts.least[bin] = counts.refused[bin] == 1 ? waited : Math.min(waited, counts.least[bin]);
                counts.most[bin] = Math.max(waited, counts.most[bin]);
            } else if (acquire.end() == Acquire.End.SERVED && waited > TOLD_APART_NANOS) {
                counts.servedLate[bin]++;
            }
            if (kept < MOST) {
                kept++;
                Line line = new Line(instance, acquire.pool(), acquire.process() % Math.max(1, processes));
                lines.computeIfAbsent(line, key -> new ArrayList<>()).add(acquire);
            }
        }
    }

    /** After the last note. */
    synchronized List<Series> series() {
        pools.values().forEach(counts -> Arrays.fill(counts.overtook, 0));
        lines.forEach((line, acquires) -> {
            Counts counts = pools.get(line.pool());
            if (counts != null) {
                overtakers(acquires).forEach(one -> counts.overtook[bin(one.endedNanos())]++);
            }
        });
        List<Series> series = new ArrayList<>();
        pools.forEach((name, counts) -> {
            series.add(series(name, "refused", counts.refused));
            series.add(series(name, "refused_least", counts.least));
            series.add(series(name, "refused_most", counts.most));
            series.add(series(name, "served_late", counts.servedLate));
            series.add(series(name, "overtook", counts.overtook));
        });
        return series;
    }

    /** In order of asking; for each the latest end of those that had asked clearly before it. */
    static List<Acquire> overtakers(List<Acquire> acquires) {
        List<Acquire> asked = new ArrayList<>(acquires);
        asked.sort(java.util.Comparator.comparingLong(Acquire::askedNanos));
        List<Acquire> overtakers = new ArrayList<>();
        int earlier = 0;
        long latestEnd = Long.MIN_VALUE;
        for (Acquire one : asked) {
            while (asked.get(earlier).askedNanos() < one.askedNanos() - TOLD_APART_NANOS) {
                latestEnd = Math.max(latestEnd, asked.get(earlier).endedNanos());
                earlier++;
            }
            if (one.end() == Acquire.End.SERVED && latestEnd > one.endedNanos() + TOLD_APART_NANOS) {
                overtakers.add(one);
            }
        }
        return overtakers;
    }

    private static Series series(String pool, String what, long[] values) {
        return new Series(
                "pool/" + pool + "/" + what, Arrays.stream(values).boxed().toList());
    }

    private int bin(long nanos) {
        return (int) Math.max(0, Math.min(bins - 1L, nanos / binNanos));
    }
}
