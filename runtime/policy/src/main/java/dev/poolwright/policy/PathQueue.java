package dev.poolwright.policy;

/**
 * The ids at a path in the order in which they asked: first those admitted and not yet read, then those that wait.
 *
 * <pre>
 *   ring:  … free │ admitted, unread │ waiting │ free …
 *                 ▲ head
 * </pre>
 *
 * One place more than may wait, because a single call of the law can admit all waiters and take in one more. Not thread-safe.
 */
final class PathQueue {

    private final int waitersMaximum;
    private final long[] ids;
    private final long[] establishedAt;
    private int head;
    private int admitted;
    private int waiting;

    PathQueue(int waitersMaximum) {
        this.waitersMaximum = waitersMaximum;
        this.ids = new long[waitersMaximum + 1];
        this.establishedAt = new long[waitersMaximum + 1];
    }

    int waiting() {
        return waiting;
    }

    int admitted() {
        return admitted;
    }

    /** Adds one who waits; false when as many wait as may. */
    boolean add(long id) {
        if (waiting == waitersMaximum) {
            return false;
        }
        ids[at(admitted + waiting)] = id;
        waiting++;
        return true;
    }

    /** The first who waits is admitted; there must be one. */
    void admitFirst(long moment) {
        establishedAt[at(admitted)] = moment;
        admitted++;
        waiting--;
    }

    long firstEstablishedAt() {
        return establishedAt[head];
    }

    /** Takes out the first of the admitted; there must be one. */
    long poll() {
        long id = ids[head];
        head = at(1);
        admitted--;
        return id;
    }

    /** Takes one who waits out of the line, the others keeping their order; false when it does not wait. */
    boolean remove(long id) {
        for (int place = 0; place < waiting; place++) {
            if (ids[at(admitted + place)] == id) {
                close(place);
                return true;
            }
        }
        return false;
    }

    /** Closes the gap from the shorter side; from the front only if no unread admission stands there. */
    private void close(int gap) {
        if (admitted == 0 && gap < waiting / 2) {
            for (int place = gap; place > 0; place--) {
                ids[at(place)] = ids[at(place - 1)];
            }
            head = at(1);
        } else {
            for (int place = gap; place < waiting - 1; place++) {
                ids[at(admitted + place)] = ids[at(admitted + place + 1)];
            }
        }
        waiting--;
    }

    /** The index of the n-th place from the head; n is at most the length of the ring. */
    private int at(int n) {
        int index = head + n;
        return index < ids.length ? index : index - ids.length;
    }
}
