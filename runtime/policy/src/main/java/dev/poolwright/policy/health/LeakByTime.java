package dev.poolwright.policy.health;

/**
 * Whether a connection is held so long that it was probably forgotten.
 *
 * <p>Suspected is a hold longer than {@code max(after, times × p99 of the holds seen)}: a fixed time alone calls slow but
 * honest work a leak (FACTS 1.10), so where ordinary holds are long the bound rises with them. Source of the fixed part:
 * HikariCP's {@code leakDetectionThreshold}.
 *
 * @param afterNanos the least suspicious hold, more than 0
 * @param times how many times the usual longest hold is still honest; 0 ignores what was seen
 */
public record LeakByTime(long afterNanos, int times) {

    public LeakByTime {
        if (afterNanos <= 0) {
            throw new IllegalArgumentException("afterNanos = " + afterNanos + ": must be more than 0");
        }
        if (times < 0 || times > 1_000) {
            throw new IllegalArgumentException("times = " + times + ": must be between 0 and 1000");
        }
    }

    /**
     * @param p99Nanos the 99th percentile of the holds that ended; 0 when unknown
     */
    public boolean isSuspect(long heldNanos, long p99Nanos) {
        return heldNanos > boundNanos(p99Nanos);
    }

    /** The hold that is still taken for honest, in nanoseconds. */
    public long boundNanos(long p99Nanos) {
        long seen = p99Nanos > Long.MAX_VALUE / Math.max(1, times) ? Long.MAX_VALUE : p99Nanos * times;
        return Math.max(afterNanos, seen);
    }
}
