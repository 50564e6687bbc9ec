package dev.poolwright.policy;

/** The time, as a count of nanoseconds that only ever grows and has no meaning but its differences. Thread-safe. */
@FunctionalInterface
public interface Clock {

    /** Nanoseconds since an arbitrary moment; compare by difference, as {@link System#nanoTime()} says. */
    long nanos();

    /** The machine's own clock. */
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
