package dev.poolwright.sim;

import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.PlannedLoad;
import dev.poolwright.model.run.Happening;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.run.LoadResult.Outcome;
import dev.poolwright.model.run.Series;
import dev.poolwright.model.verdict.Link;
import dev.poolwright.model.verdict.LinkKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Notes what a run sees, and checks Little's law as an identity: the time integral of the operations under way is the sum of
 * the times they took, to the nanosecond, or the run was not counted rightly. Not thread-safe.
 */
final class Recorder {

    private final List<Tally> order = new ArrayList<>();
    private final long warmUpNanos;
    private final Map<Link, Tally> tallies = new HashMap<>();
    private final List<LoadTally> loads = new ArrayList<>();
    private final List<PoolTotals> pools = new ArrayList<>();
    private final long binNanos;
    private final int bins;
    private long underWay;
    private long changedAt;
    private long area;
    private long spent;

    Recorder(Plan plan) {
        warmUpNanos = plan.header().warmUpNanos();
        Windows windows = Windows.of(plan);
        binNanos = plan.binNanos();
        bins = (int) Math.ceilDiv(plan.header().durationNanos(), plan.binNanos());
        for (PlannedLoad load : plan.loads()) {
            loads.add(new LoadTally(load.name(), windows, plan.binNanos(), bins));
        }
    }

    /** The tally of one link; the same for the same link. */
    Tally tally(LinkKind kind, String subject) {
        return tallies.computeIfAbsent(new Link(kind, subject), link -> new Tally(link, order, warmUpNanos));
    }

    /** Sums and counts of one pool, which become series. */
    PoolTotals poolTotals(String name) {
        PoolTotals totals = new PoolTotals(name, binNanos, bins);
        pools.add(totals);
        return totals;
    }

    /** A counter by bin, at the moment of what is counted. */
    long[] counter() {
        return new long[bins];
    }

    void count(long[] counter, long now) {
        counter[(int) Math.min(now / binNanos, bins - 1L)]++;
    }

    LoadTally load(int index) {
        return loads.get(index);
    }

    /** Operations that have begun and not ended. */
    long underWay() {
        return underWay;
    }

    void began(int load, long now) {
        level(now, 1);
        loads.get(load).offered(now);
    }

    void ended(int load, long intended, long now, Outcome outcome) {
        level(now, -1);
        spent += now - intended;
        loads.get(load).ended(intended, now, outcome);
    }

    private void level(long now, int change) {
        area += underWay * (now - changedAt);
        changedAt = now;
        underWay += change;
    }

    void check() {
        if (area != spent || underWay != 0) {
            throw new IllegalStateException("Little's law does not hold: integral of operations under way = " + area
                    + " ns, sum of their times = " + spent + " ns, under way at the end = " + underWay
                    + "; must be equal and none: this is a defect of the simulator");
        }
    }

    List<Happening> happenings() {
        return order.stream().map(Tally::happening).toList();
    }

    List<LoadResult> results() {
        return loads.stream().flatMap(load -> load.results().stream()).toList();
    }

    List<Series> series() {
        return Stream.concat(
                        pools.stream().flatMap(pool -> pool.series().stream()),
                        loads.stream().flatMap(load -> load.series().stream()))
                .toList();
    }
}
