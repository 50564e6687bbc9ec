package dev.poolwright.policy.health;

/**
 * How many retries are bearable: a share of the calls of the last ten seconds, and a small reserve.
 *
 * <p>A retry may be made while {@code retries < share × calls + reserve × 10} within the last ten whole seconds. Back-off
 * and jitter alone only delay the load; a budget bounds it, and recovers where {@code ρ × (1 + share)} stays clearly below 1
 * (FACTS 1.5). Source: {@code RetryBudget} of Twitter's Finagle (10 s, 20 %, reserve 10 per second); the share here is
 * given, the Google SRE book names 10 %.
 *
 * <p>Not thread-safe. Nothing is allocated after construction. Size: about 130 bytes.
 */
public final class RetryBudget {

    private static final int BUCKETS = 10;
    private static final long BUCKET_NANOS = 1_000_000_000L;

    private final int perMille;
    private final int reservePerSecond;
    private final int[] calls = new int[BUCKETS];
    private final int[] retries = new int[BUCKETS];
    private boolean begun;
    private long bucketEnd;
    private int bucket;
    private long callsInWindow;
    private long retriesInWindow;

    /**
     * @param perMille retries per 1,000 calls, 0 to 1,000
     * @param reservePerSecond retries that are allowed besides, so that quiet services can retry at all; 0 for none
     */
    public RetryBudget(int perMille, int reservePerSecond) {
        if (perMille < 0 || perMille > 1_000) {
            throw new IllegalArgumentException("perMille = " + perMille + ": must be between 0 and 1000");
        }
        if (reservePerSecond < 0 || reservePerSecond > 1_000_000) {
            throw new IllegalArgumentException(
                    "reservePerSecond = " + reservePerSecond + ": must be between 0 and 1000000");
        }
        this.perMille = perMille;
        this.reservePerSecond = reservePerSecond;
    }

    /** This many first calls were made; retries are not calls. */
    public void called(long now, int count) {
        advance(now);
        int added = Math.min(count, Integer.MAX_VALUE - calls[bucket]);
        calls[bucket] += added;
        callsInWindow += added;
    }

    /** Whether one retry may be made now; if so it is counted. */
    public boolean mayRetry(long now) {
        advance(now);
        if (1_000 * retriesInWindow >= perMille * callsInWindow + 1_000L * reservePerSecond * BUCKETS) {
            return false;
        }
        retries[bucket]++;
        retriesInWindow++;
        return true;
    }

    /** Until the oldest second leaves the window, in nanoseconds: the soonest that a refusal can change without new calls. */
    public long retryAfterNanos(long now) {
        return begun ? Math.max(1, bucketEnd - now) : BUCKET_NANOS;
    }

    private void advance(long now) {
        if (!begun) {
            begun = true;
            bucketEnd = now + BUCKET_NANOS;
        }
        long behind = now - bucketEnd;
        if (behind < 0) {
            return;
        }
        long steps = behind / BUCKET_NANOS + 1;
        for (int i = 0; i < Math.min(steps, BUCKETS); i++) {
            bucket = (bucket + 1) % BUCKETS;
            callsInWindow -= calls[bucket];
            retriesInWindow -= retries[bucket];
            calls[bucket] = 0;
            retries[bucket] = 0;
        }
        bucketEnd += steps * BUCKET_NANOS;
    }
}
