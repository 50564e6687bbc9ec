package dev.poolwright.sim;

import dev.poolwright.model.plan.Plan;

/** How long a bin of the series is. */
final class Bins {

    /** 100 ms of plan time is what the lab's sampling can follow. */
    private static final double LEAST_NANOS = 100e6;

    private static final int WANTED = 1_000;

    private Bins() {}

    /** The least of 1, 2 or 5 times a power of ten that is at least 100 ms of plan time and a thousandth of the run. */
    static long nanos(Plan plan) {
        double least = Math.max(
                LEAST_NANOS / plan.header().speed(), (double) plan.header().durationNanos() / WANTED);
        long decade = 1;
        while (decade * 10 <= least) {
            decade *= 10;
        }
        for (int factor : new int[] {1, 2, 5}) {
            if (decade * factor >= least) {
                return decade * factor;
            }
        }
        return decade * 10;
    }
}
