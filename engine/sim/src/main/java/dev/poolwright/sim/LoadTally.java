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

/** Counts what becomes of one load, by window and by bin of the intended moment. Not thread-safe. */
final class LoadTally {

    private static final Window[] WINDOWS = Window.values();

    private final String load;
    private final Windows windows;
    private final long binNanos;
    private final long[] offered;
    private final long[] succeeded;
    private final long[] failed;
    private final Map<Window, Counts> counts = new EnumMap<>(Window.class);

    LoadTally(String load, Windows windows, long binNanos, int bins) {
        this.load = load;
        this.windows = windows;
        this.binNanos = binNanos;
        this.offered = new long[bins];
        this.succeeded = new long[bins];
        this.failed = new long[bins];
        for (Window window : WINDOWS) {
            counts.put(window, new Counts());
        }
    }

    private static final class Counts {
        private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        private long offered;
        private long attempts;
        private final org.HdrHistogram.Histogram wait = Histogram.recorder();
        private final org.HdrHistogram.Histogram latency = Histogram.recorder();
    }

    void offered(long intended) {
        offered[bin(intended)]++;
        counts.forEach((window, count) -> {
            if (windows.isIn(window, intended)) {
                count.offered++;
            }
        });
    }

    void attempted(long intended) {
        counts.forEach((window, count) -> {
            if (windows.isIn(window, intended)) {
                count.attempts++;
            }
        });
    }

    void waited(long intended, long nanos) {
        counts.forEach((window, count) -> {
            if (windows.isIn(window, intended)) {
                count.wait.recordValue(nanos);
            }
        });
    }

    void ended(long intended, long now, Outcome outcome) {
        (outcome == Outcome.SUCCEEDED ? succeeded : failed)[bin(intended)]++;
        counts.forEach((window, count) -> {
            if (windows.isIn(window, intended)) {
                count.outcomes.merge(outcome, 1L, Long::sum);
                count.latency.recordValue(now - intended);
            }
        });
    }

    private int bin(long intended) {
        return (int) Math.min(intended / binNanos, offered.length - 1);
    }

    List<LoadResult> results() {
        return List.of(WINDOWS).stream().map(this::result).toList();
    }

    private LoadResult result(Window window) {
        Counts count = counts.getOrDefault(window, new Counts());
        return new LoadResult(
                load,
                window,
                count.offered,
                count.outcomes,
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
