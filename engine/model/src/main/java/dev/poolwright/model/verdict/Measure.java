package dev.poolwright.model.verdict;

import dev.poolwright.model.fleet.Objective;
import dev.poolwright.model.fleet.Objective.Metric;
import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.run.Histogram;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.run.Series;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads one objective's figure out of a run record. */
final class Measure {

    /** Recovery wants 5 s of plan time in which all is well. */
    private static final double CALM_NANOS = 5e9;

    private Measure() {}

    static Measured of(RunRecord record, Plan plan, Objective objective) {
        List<LoadResult> loads = record.loads(objective.window());
        long offered = loads.stream().mapToLong(LoadResult::offered).sum();
        return switch (objective.metric()) {
            case ACQUIRE_P99 ->
                new Measured(
                        loads.stream()
                                .mapToDouble(load -> load.acquireWait().percentileNanos(99))
                                .max()
                                .orElse(0),
                        offered);
            case ACQUIRE_MAX -> new Measured((double) waits(loads).maxNanos(), offered);
            case SLOWEST_15 -> new Measured((double) waits(loads).percentileNanos(85), offered);
            case SLOWEST_20 -> new Measured((double) waits(loads).percentileNanos(80), offered);
            case GOODPUT -> new Measured(goodput(loads, plan, objective.window()), offered);
            case LOST ->
                new Measured(loads.stream().mapToDouble(Measure::lost).max().orElse(0), offered);
            case REFUSED_WAIT -> new PoolFigures(record, plan, objective.window()).refusedWait();
            case OVERTAKEN -> new PoolFigures(record, plan, objective.window()).overtaken();
            case CONNECTS -> new Measured(new PoolFigures(record, plan, objective.window()).connects(), offered);
            case COUNT_ERROR -> new CountError(record, plan).measured();
            case PHASES -> new Measured(Phases.of(record).seen(), offered);
            case MEAN_LATENCY ->
                new Measured(
                        loads.stream()
                                .map(LoadResult::latency)
                                .reduce(Histogram.EMPTY, Histogram::plus)
                                .meanNanos(),
                        offered);
            case SUCCESS ->
                new Measured(
                        loads.stream().mapToDouble(LoadResult::success).min().orElse(1), offered);
            case UTILIZATION_P95 -> utilization(record, plan, objective.window(), 0.95);
            case UTILIZATION_SEEN -> utilization(record, plan, objective.window(), 1);
            case RECOVERY -> new Measured(recovery(record, plan), offered);
        };
    }

    private static Histogram waits(List<LoadResult> loads) {
        return loads.stream().map(LoadResult::acquireWait).reduce(Histogram.EMPTY, Histogram::plus);
    }

    private static double lost(LoadResult load) {
        return load.offered() == 0 ? 0 : (double) load.count(LoadResult.Outcome.UNFINISHED) / load.offered();
    }

    /** Of the load that does worst. A load that nothing bounds is measured against what it was offered. */
    private static double goodput(List<LoadResult> loads, Plan plan, Window window) {
        double seconds = plan.lengthNanos(window) / 1e9;
        double least = Double.POSITIVE_INFINITY;
        for (LoadResult load : loads) {
            double capacity = plan.loads().stream()
                    .filter(planned -> planned.name().equals(load.load()))
                    .mapToDouble(plan::capacityPerSecond)
                    .min()
                    .orElse(Double.POSITIVE_INFINITY);
            double possible = Double.isInfinite(capacity) ? load.offered() : capacity * seconds;
            if (possible > 0) {
                least = Math.min(least, load.count(LoadResult.Outcome.SUCCEEDED) / possible);
            }
        }
        return Double.isInfinite(least) ? 1 : least;
    }

    /** The quantile over time of in use ÷ limit, of the fullest pool. Samples count bins, so few of them are no reason to abstain. */
    private static Measured utilization(RunRecord record, Plan plan, Window window, double quantile) {
        double fullest = 0;
        for (Series inUse : record.series()) {
            if (!inUse.name().startsWith("pool/") || !inUse.name().endsWith("/in_use")) {
                continue;
            }
            String pool = inUse.name().substring(0, inUse.name().length() - "in_use".length());
            List<Long> limits =
                    record.series(pool + "limit").map(Series::values).orElse(List.of());
            fullest = Math.max(fullest, quantileOfShares(record, plan, window, inUse.values(), limits, quantile));
        }
        return new Measured(fullest, Long.MAX_VALUE);
    }

    private static double quantileOfShares(
            RunRecord record, Plan plan, Window window, List<Long> inUse, List<Long> limits, double quantile) {
        List<Double> shares = new ArrayList<>();
        for (int bin = 0; bin < Math.min(inUse.size(), limits.size()); bin++) {
            if (limits.get(bin) > 0 && plan.isIn(window, (bin + 1) * record.binNanos())) {
                shares.add((double) inUse.get(bin) / limits.get(bin));
            }
        }
        if (shares.isEmpty()) {
            return 0;
        }
        Collections.sort(shares);
        return shares.get((int) Math.min(shares.size() - 1, Math.ceil(shares.size() * quantile) - 1));
    }

    /**
     * From the last fault's end to the first 5 s (of plan time) in which every load succeeds as often as the objective for
     * "after" asks, or 99 % where none does. Infinite when that never comes.
     */
    private static double recovery(RunRecord record, Plan plan) {
        double wanted = plan.objectives().stream()
                .filter(one -> one.metric() == Metric.SUCCESS && one.window() != Window.DURING)
                .mapToDouble(Objective::bound)
                .max()
                .orElse(0.99);
        int calm = (int) Math.max(1, Math.ceil(CALM_NANOS / plan.header().speed() / record.binNanos()));
        int bins = (int) (plan.header().durationNanos() / record.binNanos());
        int from = (int) Math.ceil((double) plan.lastFaultEndNanos() / record.binNanos());
        for (int bin = from; bin + calm <= bins; bin++) {
            if (isCalm(record, bin, bin + calm, wanted)) {
                return (double) bin * record.binNanos() - plan.lastFaultEndNanos();
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private static boolean isCalm(RunRecord record, int from, int to, double wanted) {
        for (Series offered : record.series()) {
            if (!offered.name().startsWith("load/") || !offered.name().endsWith("/offered")) {
                continue;
            }
            String load = offered.name().substring(0, offered.name().length() - "offered".length());
            long asked = sum(offered.values(), from, to);
            long served = record.series(load + "succeeded")
                    .map(one -> sum(one.values(), from, to))
                    .orElse(0L);
            if (served < asked * wanted) {
                return false;
            }
        }
        return true;
    }

    private static long sum(List<Long> values, int from, int to) {
        long sum = 0;
        for (int bin = from; bin < Math.min(to, values.size()); bin++) {
            sum += values.get(bin);
        }
        return sum;
    }
}
