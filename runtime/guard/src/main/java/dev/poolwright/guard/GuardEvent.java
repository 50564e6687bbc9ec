package dev.poolwright.guard;

import java.util.List;

/**
 * Something that people should hear of.
 *
 * @param kind what
 * @param guard the guard's name
 * @param text one sentence with its numbers
 * @param holders who holds connections at that moment, longest first, at most 20; empty where it says nothing
 */
public record GuardEvent(Kind kind, String guard, String text, List<Holder> holders) {

    public GuardEvent {
        holders = List.copyOf(holders);
    }

    /** What can happen; events of one kind come at most every ten seconds, except those of single leaks. */
    public enum Kind {
        /** Callers are refused, or would be. */
        SATURATED,
        /** The guard lets callers through, but the pool makes them wait: it is connecting, or smaller than it says. */
        POOL_SLOWER_THAN_GUARD,
        /** A thread that holds a connection borrowed another one. */
        NESTED_BORROW,
        /** A connection is held so long that it was probably forgotten. */
        LEAK_SUSPECTED,
        /** A suspected connection came back. */
        LEAK_ENDED,
        /** The least number of connections in use rises from window to window. */
        FLOOR_RISES,
        /** The database fails; calls are held back, or would be. */
        BREAKER_OPENED,
        /** The database works again. */
        BREAKER_CLOSED,
        /** The size of the pool cannot be read, and no limit was given: nothing is held back. */
        LIMIT_UNKNOWN,
        /** The guard itself went wrong; the caller was let through. */
        OWN_FAULT
    }
}
