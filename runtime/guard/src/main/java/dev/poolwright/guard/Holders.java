package dev.poolwright.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The connections that are out, in a table without a lock. A borrow takes the first free slot from its thread's home on; one
 * that finds none within {@link #PROBES} is not watched for leaks, and nothing else is lost. Thread-safe.
 */
final class Holders {

    private static final int PROBES = 64;

    private final AtomicReferenceArray<GuardedConnection> slots;
    private final int mask;

    /** @param connections how many are expected at most; the table has room for four times as many, and at least 256 */
    Holders(int connections) {
        int size = Integer.highestOneBit(Math.max(128, Math.min(connections, 4_096) * 2)) * 2;
        this.slots = new AtomicReferenceArray<>(size);
        this.mask = size - 1;
    }

    boolean add(GuardedConnection connection) {
        int home = connection.owner.home;
        for (int i = 0; i < PROBES; i++) {
            int slot = (home + i) & mask;
            connection.slot = slot;
            if (slots.get(slot) == null && slots.compareAndSet(slot, null, connection)) {
                return true;
            }
        }
        connection.slot = -1;
        return false;
    }

    void remove(GuardedConnection connection) {
        if (connection.slot >= 0) {
            slots.setRelease(connection.slot, null);
        }
    }

    /** Those that are out now; a picture that may be a moment old. */
    List<GuardedConnection> all() {
        List<GuardedConnection> found = new ArrayList<>();
        for (int i = 0; i <= mask; i++) {
            GuardedConnection each = slots.get(i);
            if (each != null && !each.isGone()) {
                found.add(each);
            }
        }
        return found;
    }
}
