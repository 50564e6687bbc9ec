package dev.poolwright.sim;

import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.run.Histogram;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.run.LoadResult.Outcome;
import dev.poolwright.model.run.Series;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Counts what becomes of one load, by window and by bin of the intended moment. Not thread-safe. */
final class LoadTally {

    private final String load;
    private final Windows windows;
    private final long binNanos;
    private final long[] offered;
    private final long[] succeeded;
    private final long[] failed;
    private final List<Counts> counts =
            Stream.of(Window.values()).map(Counts::new).toList();

    LoadTally(String load, Windows windows, long binNanos, int bins) {
        this.load = load;
        this.windows = windows;
        this.binNanos = binNanos;
        this.offered = new long[bins];
        this.succeeded = new long[bins];
        this.failed = new long[bins];
    }

    private static final class Counts {
        private final Window window;
        private final Map<Outcome, Long> failures = new EnumMap<>(Outcome.class);
        private long succeeded;
        private long offered;
        private long attempts;
        private final org.HdrHistogram.Histogram wait = Histogram.recorder();
        private final org.HdrHistogram.Histogram latency = Histogram.recorder();

        Counts(Window window) {
            this.window = window;
        }
    }

    void offered(long intended) {
        offered[bin(intended)]++;
        for (Counts count : counts) {
            if (windows.isIn(count.window, intended)) {
                count.offered++;
            }
        }
    }

    void attempted(long intended) {
        for (Counts count : counts) {
            if (windows.isIn(count.window, intended)) {
                count.attempts++;
            }
        }
    }

    void waited(long intended, long nanos) {
        for (Counts count : counts) {
            if (windows.isIn(count.window, intended)) {
                count.wait.recordValue(nanos);
            }
        }
    }

    void ended(long intended, long now, Outcome outcome) {
        boolean success = outcome == Outcome.SUCCEEDED;
        (success ? succeeded : failed)[bin(intended)]++;
        for (Counts count : counts) {
            if (windows.isIn(count.window, intended)) {
                count.latency.recordValue(now - intended);
                if (success) {
                    count.succeeded++;
                } else {
                    count.failures.merge(outcome, 1L, Long::sum);
                }
            }
        }
    }

    private int bin(long intended) {
        return (int) Math.min(intended / binNanos, offered.length - 1);
    }

    List<LoadResult> results() {
        return counts.stream().map(this::result).toList();
    }

    private LoadResult result(Counts count) {
        Map<Outcome, Long> outcomes = new EnumMap<>(count.failures);
        if (count.succeeded > 0) {
            outcomes.put(Outcome.SUCCEEDED, count.succeeded);
        }
        return new LoadResult(
                load,
                count.window,
                count.offered,
                outcomes,
                count.attempts,
                Histogram.of(count.wait),
                Histogram.of(count.latency));
    }

    List<Series> series() {
        return List.of(series("offered", offered), series("succeeded", succeeded), series("failed", failed));
    }

    private Series series(String what, long[] values) {
        return new Series(
                "load/" + load + "/" + what, LongStream.of(values).boxed().toList());
    }
}
