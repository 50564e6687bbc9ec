package dev.poolwright.model.fleet;

/**
 * Something that must hold in a window of a run.
 *
 * @param bound nanoseconds for times, a share from 0 to 1 for the rest
 * @param window the part of the run it is judged over
 * @param load {@code service/load} that alone it is asked of; empty for the worst of all, or for all together
 */
public record Objective(Metric metric, double bound, Window window, String load, Origin origin) {

    /** Asked of every load. */
    public Objective(Metric metric, double bound, Window window, Origin origin) {
        this(metric, bound, window, "", origin);
    }

    /** The same asked of one load alone. */
    public Objective of(String oneLoad) {
        return new Objective(metric, bound, window, oneLoad, origin);
    }

    /** The same with a time divided by the speed of a run. */
    public Objective atSpeed(double speed) {
        return metric.isTime() ? new Objective(metric, bound / speed, window, load, origin) : this;
    }

    /** What is looked at, and which side of the bound is good. */
    public enum Metric {
        /** 99th percentile of the wait for a connection, timeouts counted with their full wait: at most. */
        ACQUIRE_P99("acquire_p99", true, true),
        /** 95th percentile over time of in use ÷ (size + overflow), of the fullest pool: at most. */
        UTILIZATION_P95("utilization_p95", false, true),
        /** The highest in use ÷ (size + overflow) seen: at least. */
        UTILIZATION_SEEN("utilization_seen", false, false),
        /** Operations that succeeded inside their deadline ÷ offered: at least. */
        SUCCESS("success", false, false),
        /** Mean time from the intended moment to the end: at most. */
        MEAN_LATENCY("mean_latency", true, true),
        /** 99th percentile of the time from the intended moment to the end, whatever the outcome: at most. */
        LATENCY_P99("latency_p99", true, true),
        /** From the last fault's end to the first 5 s in which all other objectives hold: at most. */
        RECOVERY("recovery", true, true);

        private final String key;
        private final boolean time;
        private final boolean atMost;

        Metric(String key, boolean time, boolean atMost) {
            this.key = key;
            this.time = time;
            this.atMost = atMost;
        }

        /** The word in files and reports. */
        public String key() {
            return key;
        }

        public boolean isTime() {
            return time;
        }

        public boolean metBy(double value, double bound) {
            return atMost ? value <= bound : value >= bound;
        }
    }

    /** A part of a run. */
    public enum Window {
        /** From the end of the warm-up to the end. */
        WHOLE,
        /** From the first fault's begin to the last fault's end; the whole run when there is no fault. */
        DURING,
        /** From the last fault's end to the end, less the time recovery was allowed. */
        AFTER
    }
}
