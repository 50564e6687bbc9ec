package dev.poolwright.policy;

import java.time.Duration;

/**
 * The pause between two tries: {@code first} after the first failure, then multiplied by {@code factor} each time, never
 * longer than {@code most}; a share {@code jitter} of it (0 = none, 1 = all) is drawn uniformly.
 *
 * @param first pause after the first failed try; zero means no pause at all
 * @param factor at least 1; 1 keeps the pause constant
 * @param most upper bound of the pause before jitter is taken off
 * @param jitter between 0 and 1: the pause is shortened by up to this share
 */
public record Backoff(Duration first, double factor, Duration most, double jitter) {

    public static final Backoff NONE = constant(Duration.ZERO);

    public Backoff {
        if (first.isNegative()) {
            throw new IllegalArgumentException("first = " + first + ": must not be negative");
        }
        if (most.compareTo(first) < 0) {
            throw new IllegalArgumentException("most = " + most + ": must not be shorter than first = " + first);
        }
        if (!(factor >= 1)) {
            throw new IllegalArgumentException("factor = " + factor + ": must be at least 1");
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter = " + jitter + ": must be between 0 and 1");
        }
    }

    /** The same pause after each failure. */
    public static Backoff constant(Duration pause) {
        return new Backoff(pause, 1, pause, 0);
    }

    /**
     * The pause in nanoseconds after the {@code failures}-th failed try.
     *
     * @param failures 1 for the first failure
     * @param draw uniform in (0, 1); only used when there is jitter
     */
    public long nanos(int failures, double draw) {
        double pause = Math.min((double) most.toNanos(), first.toNanos() * StrictMath.pow(factor, failures - 1));
        return (long) (pause * (1 - jitter * draw));
    }
}
