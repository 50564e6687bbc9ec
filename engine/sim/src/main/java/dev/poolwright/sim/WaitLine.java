package dev.poolwright.sim;

import org.jspecify.annotations.Nullable;

/** Attempts that wait, first in first out; anyone may leave at any time. Constant time, allocates nothing. Not thread-safe. */
final class WaitLine {

    private @Nullable Attempt first;
    private @Nullable Attempt last;
    private int size;

    int size() {
        return size;
    }

    void add(Attempt attempt) {
        attempt.line = this;
        attempt.before = last;
        attempt.after = null;
        if (last == null) {
            first = attempt;
        } else {
            last.after = attempt;
        }
        last = attempt;
        size++;
    }

    /** When the first of them asked; {@code Long.MAX_VALUE} when nobody waits. */
    long firstAskedAt() {
        return first == null ? Long.MAX_VALUE : first.askedAt;
    }

    /** The first, taken out; null when nobody waits. */
    @Nullable
    Attempt poll() {
        Attempt next = first;
        if (next != null) {
            remove(next);
        }
        return next;
    }

    void remove(Attempt attempt) {
        if (attempt.before == null) {
            first = attempt.after;
        } else {
            attempt.before.after = attempt.after;
        }
        if (attempt.after == null) {
            last = attempt.before;
        } else {
            attempt.after.before = attempt.before;
        }
        attempt.line = null;
        attempt.before = null;
        attempt.after = null;
        size--;
    }
}
