package dev.poolwright.model.proof;

import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.PlannedLoad;
import dev.poolwright.model.proof.Comparison.Measured;
import dev.poolwright.model.proof.Comparison.Row;
import dev.poolwright.model.proof.Comparison.Unit;
import dev.poolwright.model.run.Histogram;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.run.LoadResult.Outcome;
import dev.poolwright.model.run.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Lays a prediction beside the repeats of its measurement, over the window that is judged as a whole. All of them ran the
 * same plan. Throughput may differ by 5 %, waits by 15 % or 1 ms, whichever is more. A wait that was cut off by a timeout
 * or a deadline says nothing of how long it would have been, so those are left out of the waits and compared by their
 * share, which may differ by 2 points.
 */
public final class PredictionComparison {

    static final double THROUGHPUT_BOUND = 0.05;
    static final double WAIT_BOUND = 0.15;
    static final double WAIT_FLOOR_NANOS = 1e6;
    static final double SHARE_BOUND = 0.02;

    /** Timers and bins of histograms round: from this share of the limit on, a wait counts as cut off. */
    private static final double CUT_OFF = 0.99;

    private static final double[] PERCENTILES = {50, 95, 99};

    private final Plan plan;
    private final NaivePredictor naive;

    private PredictionComparison(Plan plan) {
        this.plan = plan;
        this.naive = new NaivePredictor(plan);
    }

    /**
     * @param plan that all of them ran
     * @param predicted by the simulator
     * @param repeats at least one
     * @throws IllegalArgumentException if there is no repeat, or if a record is of another plan
     */
    public static Comparison compare(Plan plan, RunRecord predicted, List<RunRecord> repeats) {
        if (repeats.isEmpty()) {
            throw new IllegalArgumentException("repeats = []: a comparison needs at least one measurement");
        }
        mustBeOf(plan, predicted);
        repeats.forEach(repeat -> mustBeOf(plan, repeat));
        return new PredictionComparison(plan).rows(predicted, repeats);
    }

    private static void mustBeOf(Plan plan, RunRecord record) {
        if (!record.header().planDigest().equals(plan.digest())) {
            throw new IllegalArgumentException(record.source() + ": plan = "
                    + record.header().planDigest() + ": must be " + plan.digest()
                    + ", because only runs of one plan can be compared");
        }
    }

    private Comparison rows(RunRecord predicted, List<RunRecord> repeats) {
        List<Row> rows = new ArrayList<>();
        for (PlannedLoad load : plan.loads()) {
            LoadResult prediction = result(predicted, load.name());
            List<LoadResult> measured =
                    repeats.stream().map(one -> result(one, load.name())).toList();
            rows.add(throughput(load, prediction, measured));
            rows.addAll(waits(load, prediction, measured));
            rows.add(cutOffs(load, prediction, measured));
        }
        return new Comparison(plan.header().speed(), rows);
    }

    private static LoadResult result(RunRecord record, String load) {
        return record.load(load, Window.WHOLE)
                .orElseThrow(() -> new IllegalArgumentException(record.source() + ": load = " + load
                        + ": missing for the whole run, so it cannot be compared"));
    }

    private Row throughput(PlannedLoad load, LoadResult prediction, List<LoadResult> measured) {
        double seconds = (plan.header().durationNanos() - plan.header().warmUpNanos()) / 1e9;
        ToDoubleFunction<LoadResult> rate = one -> one.count(Outcome.SUCCEEDED) / seconds;
        Measured mean = Interval.of(measured.stream().mapToDouble(rate).toArray());
        return new Row(
                load.name(),
                "throughput",
                Unit.PER_SECOND,
                rate.applyAsDouble(prediction),
                mean,
                Part.absent("the naive predictor is one of waits"),
                // One operation in the window is the least that can be told apart.
                Math.max(THROUGHPUT_BOUND * mean.mean(), 1 / seconds));
    }

    private List<Row> waits(PlannedLoad load, LoadResult prediction, List<LoadResult> measured) {
        double limit = cutOffNanos(load);
        Histogram predicted = below(limit, prediction.acquireWait());
        List<Histogram> seen =
                measured.stream().map(one -> below(limit, one.acquireWait())).toList();
        List<Row> rows = new ArrayList<>();
        if (predicted.count() == 0 || seen.stream().anyMatch(one -> one.count() == 0)) {
            return rows;
        }
        rows.add(wait(load, "mean", predicted, seen, Histogram::meanNanos, naive.meanWaitNanos(load)));
        for (double percentile : PERCENTILES) {
            rows.add(wait(
                    load,
                    "p" + (int) percentile,
                    predicted,
                    seen,
                    one -> (double) one.percentileNanos(percentile),
                    naive.waitQuantileNanos(load, percentile / 100)));
        }
        return rows;
    }

    private static Row wait(
            PlannedLoad load,
            String what,
            Histogram predicted,
            List<Histogram> seen,
            ToDoubleFunction<Histogram> figure,
            Part<Double> naive) {
        Measured measured = Interval.of(seen.stream().mapToDouble(figure).toArray());
        return new Row(
                load.name(),
                "acquire wait " + what,
                Unit.NANOS,
                figure.applyAsDouble(predicted),
                measured,
                naive,
                Math.max(WAIT_BOUND * measured.mean(), WAIT_FLOOR_NANOS));
    }

    private static Row cutOffs(PlannedLoad load, LoadResult prediction, List<LoadResult> measured) {
        return new Row(
                load.name(),
                "waits cut off",
                Unit.SHARE,
                cutOffShare(prediction),
                Interval.of(measured.stream()
                        .mapToDouble(PredictionComparison::cutOffShare)
                        .toArray()),
                Part.absent("the naive predictor knows no timeout"),
                SHARE_BOUND);
    }

    private static double cutOffShare(LoadResult result) {
        long cut = result.count(Outcome.ACQUIRE_TIMEOUT) + result.count(Outcome.GAVE_UP);
        return result.offered() == 0 ? 0 : (double) cut / result.offered();
    }

    /** The shortest limit that can end a wait of this load: an acquire timeout of its pools, or its deadline. */
    private double cutOffNanos(PlannedLoad load) {
        double limit = (double) load.deadlineNanos();
        for (PlannedLoad.Borrow borrow : load.borrows()) {
            limit = Math.min(limit, (double) plan.topology().pool(borrow.pool()).acquireTimeoutNanos());
        }
        return limit * CUT_OFF;
    }

    private static Histogram below(double nanos, Histogram waits) {
        return new Histogram(
                waits.bins().stream().filter(bin -> bin.nanos() < nanos).toList());
    }
}
