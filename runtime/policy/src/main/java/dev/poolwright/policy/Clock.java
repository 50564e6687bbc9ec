package dev.poolwright.policy;

<<<<<<< HEAD
/** The time, as a count of nanoseconds that only ever grows and has no meaning but its differences. Thread-safe. */
@FunctionalInterface
public interface Clock {

    /** Nanoseconds since an arbitrary moment; compare by difference, as {@link System#nanoTime()} says. */
    long nanos();

    /** The machine's own clock. */
=======
/** A source of monotonic time in nanoseconds. Only differences between two readings mean anything. Thread-safe. */
@FunctionalInterface
public interface Clock {

    /** Nanoseconds since an arbitrary moment that stays the same for the life of this clock. */
    long nanos();

    /** The clock of this machine. */
>>>>>>> main
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
