package dev.poolwright.policy;

/** A source of monotonic time in nanoseconds. Only differences between two readings mean anything. Thread-safe. */
@FunctionalInterface
public interface Clock {

    /** Nanoseconds since an arbitrary moment that stays the same for the life of this clock. */
    long nanos();

    /** The clock of this machine. */
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
