package dev.poolwright.policy.admission;

/**
 * A limit on connections in use that finds its own height: additive increase, multiplicative decrease.
 *
 * <p>Once per window with enough samples: {@code limit × 0.9} (rounded down, at least one less) if any sample of the window
 * was bad (a database-caused error, or a hold longer than acceptable), else {@code limit + 1} if at least half the limit
 * was in use in the window. Without this last condition the limit would grow while the application limits itself, and
 * protect nothing when the load comes. Source: {@code AIMDLimit} and {@code WindowedLimit} of Netflix's
 * concurrency-limits (back-off 0.9, window 1 s, 10 samples); their least limit of 20 exceeds a common pool, so here the
 * bounds are the caller's.
 *
 * <p>Not thread-safe. Nothing is allocated after construction. Size: about 60 bytes.
 */
public final class AdaptiveLimit {

    /** The window between two changes, in nanoseconds. */
    public static final long WINDOW_NANOS = 1_000_000_000L;

    /** Samples without which a window changes nothing; one bad sample among fewer does lower the limit. */
    public static final int LEAST_SAMPLES = 10;

    private final int least;
    private int most;
    private int limit;
    private boolean begun;
    private long windowEnd;
    private int samples;
    private int bad;
    private int busiest;

    /**
     * @param least the lowest limit, at least 1
     * @param most the highest, which is where it begins
     */
    public AdaptiveLimit(int least, int most) {
        if (least < 1 || most < least) {
            throw new IllegalArgumentException("least = " + least + ", most = " + most
                    + ": least must be at least 1 and most must not be below it");
        }
        this.least = least;
        this.most = most;
        this.limit = most;
    }

    /**
     * One use of a connection ended.
     *
     * @param inUse connections in use at that moment, with this one
     * @param wasBad whether the database caused an error, or the hold was longer than acceptable
     * @return the limit from now on
     */
    public int ended(long now, int inUse, boolean wasBad) {
        if (!begun) {
            begun = true;
            windowEnd = now + WINDOW_NANOS;
        } else if (now - windowEnd >= 0) {
            change();
            windowEnd = now + WINDOW_NANOS;
        }
        samples++;
        busiest = Math.max(busiest, inUse);
        if (wasBad) {
            bad++;
        }
        return limit;
    }

    private void change() {
        if (bad > 0) {
            limit = Math.max(least, Math.min(limit - 1, (int) (limit * 9L / 10)));
        } else if (samples >= LEAST_SAMPLES && 2L * busiest >= limit) {
            limit = Math.min(most, limit + 1);
        }
        samples = 0;
        bad = 0;
        busiest = 0;
    }

    /** The pool changed its size: the limit stays within it, and follows it when it stood at the top. */
    public int most(int newMost) {
        boolean atTop = limit == most;
        most = Math.max(least, newMost);
        limit = atTop ? most : Math.min(limit, most);
        return limit;
    }

    /** The limit; between the lowest and the highest. */
    public int limit() {
        return limit;
    }
}
