package dev.poolwright.policy.admission;

import java.util.Arrays;

/**
 * Those that wait, in order of arrival by line: one line per class and one for nested borrows. All arrays are made once.
 *
 * <pre>
 *   line:  first ⇄ … ⇄ last        free slots: a stack
 *   ticket = generation &lt;&lt; 16 | slot, so that a ticket of a slot's former holder is known as such
 * </pre>
 */
final class Waiting {

    static final int NONE = -1;

    /** The line of nested borrows; those of the classes stand before it. */
    static final int NESTED = Shares.CLASSES;

    private static final int LINES = Shares.CLASSES + 1;

    final long[] since;
    final long[] deadline;
    final int[] held;
    final byte[] line;
    final byte[] callerClass;

    private final int[] next;
    private final int[] previous;
    private final int[] generation;
    private final long[] order;
    private final int[] free;
    private final int[] first = new int[LINES];
    private final int[] last = new int[LINES];
    private final int[] length = new int[LINES];
    private int freeSlots;
    private int size;
    private long arrivals;

    Waiting(int slots) {
        since = new long[slots];
        deadline = new long[slots];
        held = new int[slots];
        line = new byte[slots];
        callerClass = new byte[slots];
        next = new int[slots];
        previous = new int[slots];
        generation = new int[slots];
        order = new long[slots];
        free = new int[slots];
        for (int slot = 0; slot < slots; slot++) {
            free[slot] = slots - 1 - slot;
            line[slot] = NONE;
        }
        freeSlots = slots;
        Arrays.fill(first, NONE);
        Arrays.fill(last, NONE);
    }

    boolean isFull() {
        return freeSlots == 0;
    }

    int size() {
        return size;
    }

    int length(int ofLine) {
        return length[ofLine];
    }

    int first(int ofLine) {
        return first[ofLine];
    }

    int last(int ofLine) {
        return last[ofLine];
    }

    /** Which of two slots arrived earlier. */
    boolean isOlder(int slot, int than) {
        return order[slot] < order[than];
    }

    int append(int ofLine) {
        int slot = free[--freeSlots];
        line[slot] = (byte) ofLine;
        order[slot] = arrivals++;
        next[slot] = NONE;
        previous[slot] = last[ofLine];
        if (last[ofLine] == NONE) {
            first[ofLine] = slot;
        } else {
            next[last[ofLine]] = slot;
        }
        last[ofLine] = slot;
        length[ofLine]++;
        size++;
        return slot;
    }

    void remove(int slot) {
        int from = line[slot];
        if (previous[slot] == NONE) {
            first[from] = next[slot];
        } else {
            next[previous[slot]] = next[slot];
        }
        if (next[slot] == NONE) {
            last[from] = previous[slot];
        } else {
            previous[next[slot]] = previous[slot];
        }
        line[slot] = NONE;
        length[from]--;
        size--;
        generation[slot] = (generation[slot] + 1) & Integer.MAX_VALUE;
        free[freeSlots++] = slot;
    }

    long ticket(int slot) {
        return (long) generation[slot] << 16 | slot;
    }

    /** The slot of a ticket, or {@link #NONE} when its holder does not wait any more. */
    int slot(long ticket) {
        int slot = (int) (ticket & 0xFFFF);
        boolean waits = ticket >= 0 && slot < line.length && line[slot] != NONE && generation[slot] == ticket >>> 16;
        return waits ? slot : NONE;
    }
}
