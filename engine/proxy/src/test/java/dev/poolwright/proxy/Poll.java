package dev.poolwright.proxy;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, with a bound. */
final class Poll {

    private Poll() {}

    static void until(String what, BooleanSupplier condition) {
        for (int tries = 0; tries < 2_000; tries++) {
            if (condition.getAsBoolean()) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        throw new AssertionError("not within 20 s: " + what);
    }

    /** The same, for what is timed: asks each millisecond. */
    static void finely(String what, BooleanSupplier condition) {
        for (int tries = 0; tries < 20_000; tries++) {
            if (condition.getAsBoolean()) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
        throw new AssertionError("not within 20 s: " + what);
    }
}
