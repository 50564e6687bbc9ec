package dev.poolwright.lab.run;

import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.run.Histogram;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.run.LoadResult.Outcome;
import dev.poolwright.model.run.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts one load: outcomes and histograms by window, offered, succeeded and failed by bin. Thread-safe by one lock. */
final class Tally {

    private final String load;
    private final Plan plan;
    private final long binNanos;
    private final long[] offered;
    private final long[] succeeded;
    private final long[] failed;
    private final Map<Window, Counter> windows = new EnumMap<>(Window.class);
    private long underWay;

    Tally(String load, Plan plan, long binNanos, int bins) {
        this.load = load;
        this.plan = plan;
        this.binNanos = binNanos;
        offered = new long[bins];
        succeeded = new long[bins];
        failed = new long[bins];
        for (Window window : Window.values()) {
            windows.put(window, new Counter());
        }
    }

    synchronized void began(long intended) {
        underWay++;
        offered[bin(intended)]++;
        windows.forEach((window, counter) -> {
            if (plan.isIn(window, intended)) {
                counter.begun++;
            }
        });
    }

    /** An operation ended; it belongs to the window and bin of its intended moment. */
    synchronized void ended(long intended, Outcome outcome, long waited, int attempts, long latency) {
        underWay--;
        count(intended, outcome, waited, attempts, latency);
    }

    synchronized long underWay() {
        return underWay;
    }

    private void count(long intended, Outcome outcome, long waited, int attempts, long latency) {
        (outcome == Outcome.SUCCEEDED ? succeeded : failed)[bin(intended)]++;
        windows.forEach((window, counter) -> {
            if (plan.isIn(window, intended)) {
                counter.add(outcome, waited, attempts, latency);
            }
        });
    }

    synchronized List<LoadResult> results() {
        List<LoadResult> results = new ArrayList<>();
        windows.forEach((window, counter) -> results.add(counter.result(load, window)));
        return results;
    }

    synchronized List<Series> series() {
        return List.of(series("offered", offered), series("succeeded", succeeded), series("failed", failed));
    }

    private Series series(String what, long[] values) {
        return new Series(
                "load/" + load + "/" + what, Arrays.stream(values).boxed().toList());
    }

    private int bin(long nanos) {
        return (int) Math.max(0, Math.min(offered.length - 1, nanos / binNanos));
    }

    /** One window. */
    private static final class Counter {
        private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        private final org.HdrHistogram.Histogram waits = Histogram.recorder();
        private final org.HdrHistogram.Histogram latencies = Histogram.recorder();
        private long begun;
        private long total;
        private long attempts;

        void add(Outcome outcome, long waited, int tries, long latency) {
            total++;
            attempts += tries;
            outcomes.merge(outcome, 1L, Long::sum);
            if (outcome != Outcome.INGRESS_503 && outcome != Outcome.UNFINISHED) {
                waits.recordValue(Math.max(0, waited));
            }
            latencies.recordValue(Math.max(0, latency));
        }

        /** What has begun and not ended is unfinished. */
        LoadResult result(String load, Window window) {
            Map<Outcome, Long> all = new EnumMap<>(Outcome.class);
            all.putAll(outcomes);
            if (begun > total) {
                all.put(Outcome.UNFINISHED, begun - total);
            }
            return new LoadResult(load, window, begun, all, attempts, Histogram.of(waits), Histogram.of(latencies));
        }
    }
}
