package dev.poolwright.model.verdict;

import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.run.Series;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the pools' own counts lie from the server's: in use against the sessions that it has at work, open against all
 * sessions of the run. Compared only where the pools' counts stood still for 2 s of plan time, and there not in the first
 * half second, because two looks at something that moves are never of one moment.
 */
final class CountError {

    private static final double PLATEAU_NANOS = 2e9;
    private static final double SETTLED_NANOS = 0.5e9;

    private final RunRecord record;
    private final int plateau;
    private final int settled;

    CountError(RunRecord record, Plan plan) {
        this.record = record;
        double bin = record.binNanos() * plan.header().speed();
        this.plateau = (int) Math.ceil(PLATEAU_NANOS / bin);
        this.settled = (int) Math.ceil(SETTLED_NANOS / bin);
    }

    /** Connections at worst; samples are the bins compared, 0 where the record does not have the server's counts. */
    Measured measured() {
        List<Long> inUse = sum("pool/", "/in_use");
        List<Long> open = sum("pool/", "/open");
        List<Long> waiting = sum("pool/", "/waiting");
        List<Long> active = sum("server/", "/active");
        List<Long> sessions = sum("server/", "/sessions");
        int bins = Math.min(inUse.size(), Math.min(active.size(), sessions.size()));
        long worst = 0;
        long compared = 0;
        int begin = 0;
        for (int bin = 1; bin <= bins; bin++) {
            boolean still = bin < bins
                    && inUse.get(bin).equals(inUse.get(begin))
                    && open.get(bin).equals(open.get(begin))
                    && waiting.get(bin).equals(waiting.get(begin));
            if (still) {
                continue;
            }
            for (int at = begin + settled; bin - begin >= plateau && at < bin - 1; at++) {
                worst = Math.max(worst, Math.abs(inUse.get(at) - active.get(at)));
                worst = Math.max(worst, Math.abs(open.get(at) - sessions.get(at)));
                compared++;
            }
            begin = bin;
        }
        return new Measured(worst, compared);
    }

    private List<Long> sum(String prefix, String suffix) {
        List<Long> sum = new ArrayList<>();
        for (Series series : record.series()) {
            if (series.name().startsWith(prefix) && series.name().endsWith(suffix)) {
                for (int bin = 0; bin < series.values().size(); bin++) {
                    long value = series.values().get(bin);
                    if (bin < sum.size()) {
                        sum.set(bin, sum.get(bin) + value);
                    } else {
                        sum.add(value);
                    }
                }
            }
        }
        return sum;
    }
}
