package dev.poolwright.policy.admission;

/**
 * Connections set aside for classes of callers, so that health checks and interactive work find one whatever a batch does.
 *
 * <p>How many each class holds is one {@code long}, so that a fast path can change it with one compare-and-set:
 *
 * <pre>
 *  63  62..60  59..45   44..30   29..15   14..0
 *  free for    class 3  class 2  class 1  class 0
 *  the caller
 * </pre>
 *
 * <p>A class may take a connection when afterwards enough are left for what the others have set aside and do not use:
 * {@code limit − in use − 1 ≥ Σ over the others max(0, reserved − in use)}; a class below its own reserve needs only a
 * free one. From this follows the law: as long as the limit is not lowered, a class below its reserve is always served at
 * once. Source: partitions of Netflix's concurrency-limits, made hard, because a pool cannot exceed its limit as theirs
 * may. Reserves that together reach the limit would shut out everybody else, so they are void then.
 *
 * <p>Immutable and thread-safe; nothing is allocated after construction. Size: about 40 bytes.
 */
public final class Shares {

    /** The most classes there can be. */
    public static final int CLASSES = 4;

    /** The most connections that one class can hold. */
    public static final int MOST = 32_767;

    private static final int BITS = 15;
    private static final long FIELD = MOST;

    private final int[] reserved;
    private final int sum;

    private Shares(int[] reserved) {
        this.reserved = reserved;
        int total = 0;
        for (int part : reserved) {
            total += part;
        }
        this.sum = total;
    }

    /**
     * @param reserved connections set aside by class; 0 for none, and for a class that is not named
     * @throws IllegalArgumentException for more than {@link #CLASSES} classes, or a number below 0 or above {@link #MOST}
     */
    public static Shares of(int... reserved) {
        if (reserved.length > CLASSES) {
            throw new IllegalArgumentException(
                    "classes of callers = " + reserved.length + ": allowed are at most " + CLASSES);
        }
        int[] copy = new int[CLASSES];
        for (int i = 0; i < reserved.length; i++) {
            if (reserved[i] < 0 || reserved[i] > MOST) {
                throw new IllegalArgumentException(
                        "reserved of class " + i + " = " + reserved[i] + ": must be between 0 and " + MOST);
            }
            copy[i] = reserved[i];
        }
        return new Shares(copy);
    }

    /** Whether a caller of this class may take one more. */
    public boolean mayTake(long counts, int callerClass, int limit) {
        int free = limit - inUse(counts);
        if (free <= 0) {
            return false;
        }
        if (sum == 0 || sum >= limit || inUse(counts, callerClass) < reserved[callerClass]) {
            return true;
        }
        int keep = 0;
        for (int other = 0; other < CLASSES; other++) {
            if (other != callerClass) {
                keep += Math.max(0, reserved[other] - inUse(counts, other));
            }
        }
        return free > keep;
    }

    /** Connections set aside for one class. */
    public int reserved(int callerClass) {
        return reserved[callerClass];
    }

    /** Connections set aside for all classes together. */
    public int reserved() {
        return sum;
    }

    /** All connections in use. */
    public static int inUse(long counts) {
        return inUse(counts, 0) + inUse(counts, 1) + inUse(counts, 2) + inUse(counts, 3);
    }

    /** Connections in use by one class. */
    public static int inUse(long counts, int callerClass) {
        return (int) (counts >>> (BITS * callerClass) & FIELD);
    }

    /** One more in use; the class must hold fewer than {@link #MOST}. */
    public static long plusOne(long counts, int callerClass) {
        return counts + (1L << (BITS * callerClass));
    }

    /** One fewer in use; the class must hold at least one. */
    public static long minusOne(long counts, int callerClass) {
        return counts - (1L << (BITS * callerClass));
    }
}
