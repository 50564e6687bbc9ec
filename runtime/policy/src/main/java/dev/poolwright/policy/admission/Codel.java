package dev.poolwright.policy.admission;

/**
 * Tells a queue that stands from one that comes and goes: the least wait of an interval exceeds the target.
 *
 * <p>As in folly ({@code Codel.cpp}): at the end of each interval the queue counts as standing if the least wait seen in it
 * exceeds the target, and while it stands a waiter older than twice the target is to be dropped. The first wait of an
 * interval only opens it, so at least two are needed. After Nichols and Jacobson, "Controlling Queue Delay", ACM Queue 2012.
 *
 * <p>A pool serves holds of any length, so the target follows the hold time (FACTS 1.8): {@code target = max(5 ms, 3 ×
 * hold)}, {@code interval = 15 × target}.
 *
 * <p>Not thread-safe. Nothing is allocated after construction. Size: about 50 bytes.
 */
public final class Codel {

    /** The least target, in nanoseconds: that of folly. */
    public static final long LEAST_TARGET_NANOS = 5_000_000;

    /** The longest target, in nanoseconds; keeps the products below from running over. */
    public static final long LONGEST_TARGET_NANOS = 60_000_000_000L;

    /** The target in hold times. */
    public static final int HOLDS = 3;

    /** The interval in targets. */
    public static final int TARGETS = 15;

    private boolean begun;
    private boolean opening;
    private boolean standing;
    private long intervalEnd;
    private long leastWait;

    /** No queue stands. */
    public Codel() {}

    /** The wait that is acceptable for this expected hold, in nanoseconds. */
    public static long targetNanos(long holdNanos) {
        long hold = Math.min(Math.max(0, holdNanos), LONGEST_TARGET_NANOS / HOLDS);
        return Math.max(LEAST_TARGET_NANOS, HOLDS * hold);
    }

    /**
     * Somebody leaves the queue to be served.
     *
     * @param waitNanos how long it waited
     * @param holdNanos the expected hold; 0 when unknown
     * @return whether to drop it instead
     */
    public boolean dropAfter(long now, long waitNanos, long holdNanos) {
        long target = targetNanos(holdNanos);
        if (!begun || now - intervalEnd >= 0) {
            standing = begun && !opening && leastWait > target;
            begun = true;
            opening = true;
            intervalEnd = now + TARGETS * target;
        }
        if (opening) {
            opening = false;
            leastWait = waitNanos;
            return false;
        }
        leastWait = Math.min(leastWait, waitNanos);
        return standing && waitNanos > 2 * target;
    }

    /** The queue is empty: whatever stood is gone. */
    public void emptied() {
        standing = false;
        leastWait = 0;
    }

    /** Whether a queue stands. */
    public boolean standing() {
        return standing;
    }
}
