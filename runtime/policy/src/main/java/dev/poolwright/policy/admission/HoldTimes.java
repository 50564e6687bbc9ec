package dev.poolwright.policy.admission;

/**
 * How long connections are held, learnt from samples: mean and quantiles of the recent past.
 *
 * <p>A histogram with four buckets per doubling (a bucket is at most 25 % wide, its upper end is answered). When
 * {@link #RECENT} samples are in, all counts are halved, so that old ones fade; the mean fades with them.
 *
 * <p>Not thread-safe. Nothing is allocated after construction. Size: 252 × 4 bytes and about 60 for the rest.
 */
public final class HoldTimes {

    /** Samples after which the older half loses its weight. */
    public static final int RECENT = 1_024;

    private static final int PER_DOUBLING_BITS = 2;
    private static final int BUCKETS = 252;

    private final int[] counts = new int[BUCKETS];
    private int samples;
    private double sumNanos;

    /** Knows nothing yet. */
    public HoldTimes() {}

    /** One hold; a negative time, which only a clock that jumps can give, counts as 0. */
    public void record(long holdNanos) {
        long hold = Math.max(0, holdNanos);
        counts[bucket(hold)]++;
        sumNanos += hold;
        if (++samples >= RECENT) {
            fade();
        }
    }

    private void fade() {
        int left = 0;
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] >>>= 1;
            left += counts[i];
        }
        sumNanos = sumNanos * left / samples;
        samples = left;
    }

    /** How many samples the answers rest on; 0 before the first. */
    public int samples() {
        return samples;
    }

    /** Mean in nanoseconds; 0 when nothing is known. */
    public long meanNanos() {
        return samples == 0 ? 0 : (long) (sumNanos / samples);
    }

    /** The hold that this share of all do not exceed, in nanoseconds, rounded up to its bucket's end; 0 when nothing is known. */
    public long quantileNanos(double share) {
        long wanted = (long) Math.ceil(samples * share);
        long seen = 0;
        for (int i = 0; i < BUCKETS && samples > 0; i++) {
            seen += counts[i];
            if (seen >= wanted && seen > 0) {
                return upperEnd(i);
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        if (nanos < 1 << PER_DOUBLING_BITS) {
            return (int) nanos;
        }
        int doubling = 63 - Long.numberOfLeadingZeros(nanos);
        int part = (int) (nanos >>> (doubling - PER_DOUBLING_BITS)) & ((1 << PER_DOUBLING_BITS) - 1);
        return ((doubling - 1) << PER_DOUBLING_BITS) + part;
    }

    private static long upperEnd(int bucket) {
        if (bucket < 1 << PER_DOUBLING_BITS) {
            return bucket;
        }
        int doubling = (bucket >> PER_DOUBLING_BITS) + 1;
        long part = bucket & ((1 << PER_DOUBLING_BITS) - 1);
        long width = 1L << (doubling - PER_DOUBLING_BITS);
        return (1L << doubling) + part * width + (width - 1);
    }
}
