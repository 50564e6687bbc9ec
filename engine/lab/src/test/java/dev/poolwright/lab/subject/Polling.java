package dev.poolwright.lab.subject;

import dev.poolwright.policy.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something to become true, but not for ever. */
final class Polling {
    private Polling() {}

    static void until(BooleanSupplier happened, Duration limit) {
        long begin = Clock.system().nanos();
        while (!happened.getAsBoolean()) {
            if (Clock.system().nanos() - begin > limit.toNanos()) {
                throw new AssertionError("it did not happen within " + limit);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
