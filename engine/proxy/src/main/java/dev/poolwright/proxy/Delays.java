package dev.poolwright.proxy;

import java.time.Duration;

/** Checks the durations and numbers of faults. */
final class Delays {

    /** Longer than any run; keeps sums of delays within a long. */
    private static final Duration MOST = Duration.ofDays(1);

    private Delays() {}

    static Duration checked(String name, Duration delay) {
        if (delay.isNegative() || delay.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    name + " = " + delay + " is out of range; allowed is 0 to " + MOST + ", in ISO 8601 form");
        }
        return delay;
    }

    static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " = " + value + " is out of range; allowed is " + least + " to " + most);
        }
    }
}
