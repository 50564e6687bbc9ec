package dev.poolwright.policy;

/**
 * What a network path can carry, and what it costs to cross it.
 *
 * @param connections concurrent connections the path carries at the start, which is also one unit of scale; at least 1,
 *     {@link Integer#MAX_VALUE} means no limit
 * @param connectionsMaximum how far the path scales out; at least {@code connections}, and equal to it for a path that
 *     never scales
 * @param latencyNanos round trip in nanoseconds, added to each connect and reported for data; 0 for none
 * @param scaleOutDelayNanos nanoseconds from the moment demand exceeds capacity to the moment the next unit carries; 0
 *     for at once
 * @param stressLatencyNanos nanoseconds added to a connect that is let through while demand exceeds capacity; 0 for none
 * @param waitersMaximum how many connects may wait for the path; from 0 (none waits, all beyond capacity are refused) to
 *     {@link #WAITERS_LIMIT}
 */
public record PathSettings(
        int connections,
        int connectionsMaximum,
        long latencyNanos,
        long scaleOutDelayNanos,
        long stressLatencyNanos,
        int waitersMaximum) {

    /** The most connects that may be allowed to wait: 16 bytes each, so at most 16 MiB for one path. */
    public static final int WAITERS_LIMIT = 1 << 20;

    /** The longest delay a path may have: 365 days, so that no sum of a moment and delays leaves the range of a long. */
    public static final long DELAY_LIMIT_NANOS = 365L * 24 * 3600 * 1_000_000_000L;

    public PathSettings {
        atLeast("connections", connections, 1);
        atLeast("connectionsMaximum", connectionsMaximum, connections);
        delay("latencyNanos", latencyNanos);
        delay("scaleOutDelayNanos", scaleOutDelayNanos);
        delay("stressLatencyNanos", stressLatencyNanos);
        within("waitersMaximum", waitersMaximum, WAITERS_LIMIT);
    }

    /** A path without any limit or latency; up to 65,536 connects may wait, should a fault ever cap it. */
    public static PathSettings unlimited() {
        return new PathSettings(Integer.MAX_VALUE, Integer.MAX_VALUE, 0, 0, 0, 1 << 16);
    }

    static void delay(String name, long nanos) {
        within(name, nanos, DELAY_LIMIT_NANOS);
    }

    static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "path: " + name + " = " + value + " is too small; allowed is " + least + " or more");
        }
    }

    private static void within(String name, long value, long most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(
                    "path: " + name + " = " + value + " is out of range; allowed is 0 to " + most);
        }
    }
}
