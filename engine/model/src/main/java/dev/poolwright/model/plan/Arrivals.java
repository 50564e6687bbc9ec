package dev.poolwright.model.plan;

import dev.poolwright.model.plan.PlannedLoad.RateSegment;
import dev.poolwright.model.scenario.ArrivalPattern;
import dev.poolwright.policy.Draws;
import java.util.List;

/**
 * The intended moments of one load. A Poisson process whose rate is constant in segments, by the inverse of the integrated
 * rate (Çinlar 1975); evenly spaced ones by the same with one operation owed each time; or recorded ones. Arrivals are made one at a time, so a long plan costs no memory. Single-threaded.
 */
public final class Arrivals {

    /** No further arrival. */
    public static final long END = Long.MAX_VALUE;

    private static final double NANOS = 1e9;

    private final Draws.Stream draws;
    private final List<RateSegment> segments;
    private final boolean even;
    private final List<Long> recorded;
    private long index;
    private int segment;
    private double position;

    public Arrivals(Draws draws, PlannedLoad load) {
        this.draws = draws.stream(load.arrivalEntity(), "arrival");
        this.segments = load.rates();
        this.even = load.pattern() instanceof ArrivalPattern.Even;
        this.recorded = load.pattern() instanceof ArrivalPattern.Replay replay ? replay.nanos() : List.of();
    }

    /** The next intended moment in nanoseconds from the begin of the run, or {@link #END}. */
    public long next() {
        if (!recorded.isEmpty()) {
            return nextRecorded();
        }
        double owed = even ? 1 : draws.exponential(index++);
        while (segment < segments.size()) {
            RateSegment now = segments.get(segment);
            double room = (now.untilNanos() - position) / NANOS * now.perSecond();
            if (owed < room) {
                position += owed / now.perSecond() * NANOS;
                return (long) position;
            }
            owed -= Math.max(0, room);
            position = Math.max(position, (double) now.untilNanos());
            segment++;
        }
        return END;
    }

    private long nextRecorded() {
        if (index >= recorded.size()) {
            return END;
        }
        long moment = recorded.get((int) index++);
        boolean over = segments.isEmpty()
                || moment >= segments.get(segments.size() - 1).untilNanos();
        return over ? END : moment;
    }
}
