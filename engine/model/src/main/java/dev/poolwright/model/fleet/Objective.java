package dev.poolwright.model.fleet;

/**
 * Something that must hold in a window of a run.
 *
 * @param bound in the unit of the metric
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
        ACQUIRE_P99("acquire_p99", Unit.TIME, true),
        /** The longest wait for a connection, timeouts counted with their full wait: at most. */
        ACQUIRE_MAX("acquire_max", Unit.TIME, true),
        /** What the slowest 15 % of the waits for a connection all exceed: at least. */
        SLOWEST_15("slowest_15", Unit.TIME, false),
        /** What the slowest 20 % of the waits for a connection all exceed: at least. */
        SLOWEST_20("slowest_20", Unit.TIME, false),
        /** 95th percentile over time of in use ÷ (size + overflow), of the fullest pool: at most. */
        UTILIZATION_P95("utilization_p95", Unit.SHARE, true),
        /** The highest in use ÷ (size + overflow) seen: at least. */
        UTILIZATION_SEEN("utilization_seen", Unit.SHARE, false),
        /** Operations that succeeded inside their deadline ÷ offered: at least. */
        SUCCESS("success", Unit.SHARE, false),
        /** Operations a second that succeeded inside their deadline ÷ what the connections or cores can serve: at least. */
        GOODPUT("goodput", Unit.SHARE, false),
        /** Mean time from the intended moment to the end: at most. */
        MEAN_LATENCY("mean_latency", Unit.TIME, true),
        /** 99th percentile of the time from the intended moment to the end, whatever the outcome: at most. */
        LATENCY_P99("latency_p99", Unit.TIME, true),
        /** That ÷ what it was before the window "during" began: at most. */
        LATENCY_GROWTH("latency_growth", Unit.NUMBER, true),
        /** How far a wait that ended with a refusal lay from the acquire timeout, as a share of it, at worst: at most. */
        REFUSED_WAIT("refused_wait", Unit.SHARE, true),
        /** Of the callers that were served after a wait, those that overtook one who had asked before: at most. */
        OVERTAKEN("overtaken", Unit.SHARE, true),
        /** Operations of which nothing was heard by the end ÷ offered: at most. */
        LOST("lost", Unit.SHARE, true),
        /** Connects ÷ the sum of all pools' sizes: at most. */
        CONNECTS("connects", Unit.NUMBER, true),
        /** How many connections a pool's own counts differed from the server's while they stood still for 2 s: at most. */
        COUNT_ERROR("count_error", Unit.NUMBER, true),
        /** Of the six phases of an overload, how many were seen, in their order: at least. */
        PHASES("phases", Unit.NUMBER, false),
        /** From the last fault's end to the first 5 s in which all other objectives hold: at most. */
        RECOVERY("recovery", Unit.TIME, true);

        private final String key;
        private final Unit unit;
        private final boolean atMost;

        Metric(String key, Unit unit, boolean atMost) {
            this.key = key;
            this.unit = unit;
            this.atMost = atMost;
        }

        /** The word in files and reports. */
        public String key() {
            return key;
        }

        public Unit unit() {
            return unit;
        }

        public boolean isTime() {
            return unit == Unit.TIME;
        }

        public boolean metBy(double value, double bound) {
            return atMost ? value <= bound : value >= bound;
        }
    }

    /** What a bound counts. */
    public enum Unit {
        /** Nanoseconds. */
        TIME,
        /** From 0 to 1. */
        SHARE,
        /** Connections, phases or a multiple. */
        NUMBER
    }

    /** A part of a run. */
    public enum Window {
        /** From the end of the warm-up to the end. */
        WHOLE,
        /**
         * From the first fault's begin to the last fault's end. Where there is no fault: while a load is offered more than at its
         * begin; the whole run where none is.
         */
        DURING,
        /** From the end of "during" to the end, less the time recovery was allowed. */
        AFTER,
        /** From the end of the warm-up to the begin of "during". */
        BEFORE
    }
}
