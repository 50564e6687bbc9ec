package dev.poolwright.model.proof;

import java.util.List;
import java.util.Optional;

/**
 * The lab twin's prediction beside its measurement, quantity by quantity.
 *
 * @param speed of both runs; times in the rows are those of the run, so the plan's times are these × speed
 */
public record Comparison(double speed, List<Row> rows) {

    public Comparison {
        rows = List.copyOf(rows);
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed = " + speed + ": must be above 0");
        }
    }

    /** Whether every row is inside its bound. */
    public boolean within() {
        return rows.stream().allMatch(Row::within);
    }

    /** Rows in which both predictors have a figure. */
    public long contested() {
        return rows.stream().filter(row -> row.naive().value().isPresent()).count();
    }

    /** Of the contested rows, those in which the prediction lies nearer to the measurement than the naive one. */
    public long beaten() {
        return rows.stream().filter(row -> row.beatsNaive().orElse(false)).count();
    }

    /**
     * One quantity.
     *
     * @param subject {@code service/load}
     * @param quantity what was compared, for example {@code acquire wait p95}
     * @param naive the naive predictor's figure; infinite where its queue is not stable
     * @param bound allowed distance of prediction and measured mean, in the unit of the quantity
     */
    public record Row(
            String subject,
            String quantity,
            Unit unit,
            double predicted,
            Measured measured,
            Part<Double> naive,
            double bound) {

        public Row {
            if (!(bound >= 0) || Double.isNaN(predicted)) {
                throw new IllegalArgumentException(subject + " " + quantity + ": predicted = " + predicted
                        + ", bound = " + bound + ": must be numbers, the bound not negative");
            }
        }

        /** Distance of prediction and measured mean, in the unit of the quantity. */
        public double error() {
            return Math.abs(predicted - measured.mean());
        }

        public boolean within() {
            return error() <= bound;
        }

        /** Whether the prediction is strictly nearer than the naive one; empty where that one has no figure. */
        public Optional<Boolean> beatsNaive() {
            return naive.value().map(figure -> error() < Math.abs(figure - measured.mean()));
        }
    }

    /**
     * The mean over the repeats and how sure it is.
     *
     * @param low lower end of the 95 % t-interval from 5 repeats on; the smallest value below that
     * @param high upper end, or the largest value
     */
    public record Measured(double mean, double low, double high, int repeats) {

        /** From so many repeats on the ends are a t-interval. */
        public static final int REPEATS_FOR_INTERVAL = 5;

        public Measured {
            if (repeats < 1 || !(low <= mean && mean <= high)) {
                throw new IllegalArgumentException("measured: low = " + low + ", mean = " + mean + ", high = " + high
                        + ", repeats = " + repeats + ": must ascend, from at least one repeat");
            }
        }

        public boolean isInterval() {
            return repeats >= REPEATS_FOR_INTERVAL;
        }
    }

    /** What the figures of a row count. */
    public enum Unit {
        /** Nanoseconds of the run. */
        NANOS,
        /** Operations a second of the run. */
        PER_SECOND,
        /** From 0 to 1. */
        SHARE
    }
}
