package dev.poolwright.policy.health;

/**
 * What a {@link Breaker} goes by.
 *
 * @param leastFailures failures of the last ten seconds without which it stays closed, at least 1
 * @param failedPercent the share of failures at which it opens, 1 to 100
 * @param openNanos how long it stays open the first time, more than 0
 * @param longestOpenNanos the longest it stays open; each probe that fails doubles the time up to this
 * @param probesToClose probes that must succeed in a row before it closes, at least 1
 */
public record BreakerSettings(
        int leastFailures, int failedPercent, long openNanos, long longestOpenNanos, int probesToClose) {

    /** Five failures and half of all, one second, at most thirty, eight probes. */
    public static final BreakerSettings USUAL = new BreakerSettings(5, 50, 1_000_000_000L, 30_000_000_000L, 8);

    public BreakerSettings {
        check("leastFailures", leastFailures, 1, 1_000_000);
        check("failedPercent", failedPercent, 1, 100);
        check("openNanos", openNanos, 1, Long.MAX_VALUE / 4);
        check("longestOpenNanos", longestOpenNanos, openNanos, Long.MAX_VALUE / 4);
        check("probesToClose", probesToClose, 1, 1_000_000);
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " = " + value + ": must be between " + least + " and " + most);
        }
    }
}
