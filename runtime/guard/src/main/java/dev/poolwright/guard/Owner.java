package dev.poolwright.guard;

import dev.poolwright.policy.admission.Admission;
import org.jspecify.annotations.Nullable;

/**
 * What one thread holds, and what it said about itself. Written by its own thread only; that a connection of it was closed,
 * perhaps by another thread, is read from the connection.
 */
final class Owner {

    /** Which slot of the list of holders is tried first; spread, so that threads do not share cache lines. */
    final int home;

    final Thread thread = Thread.currentThread();
    long deadline = Admission.NEVER;
    boolean retry;

    /** Borrows until the next one whose place is taken. */
    int untilPlace;

    /** Counts borrows, for sampling hold times. */
    int borrows;

    /** What it held when it went on to wait at the pool itself. */
    int heldBeyond;

    private @Nullable GuardedConnection newest;

    Owner(int number, int placeEvery) {
        this.home = number * 16;
        // Threads that live for one borrow each, as virtual ones do, would otherwise never be sampled.
        this.untilPlace = number % placeEvery;
        this.borrows = number;
    }

    /** The newest connection that this thread borrowed and that is not closed; null when there is none. */
    @Nullable
    GuardedConnection newest() {
        prune();
        return newest;
    }

    /** How many connections this thread borrowed and did not close. */
    int held() {
        prune();
        int held = 0;
        for (GuardedConnection each = newest; each != null; each = each.outer) {
            held++;
        }
        return held;
    }

    void borrowed(GuardedConnection connection) {
        connection.outer = newest;
        newest = connection;
    }

    /** Called by this thread after it closed its newest, which is the usual order. */
    void closed(GuardedConnection connection) {
        if (newest == connection) {
            newest = connection.outer;
        }
    }

    /** Takes out what was closed in another order or by another thread; what stays is as long as what is open. */
    private void prune() {
        while (newest != null && newest.isGone()) {
            newest = newest.outer;
        }
        for (GuardedConnection each = newest; each != null; each = each.outer) {
            while (each.outer != null && each.outer.isGone()) {
                each.outer = each.outer.outer;
            }
        }
    }
}
