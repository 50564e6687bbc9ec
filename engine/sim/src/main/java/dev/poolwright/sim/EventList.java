package dev.poolwright.sim;

import java.util.Arrays;

/**
 * What is still to happen, by time and then by the order in which it was added: a 4-ary heap on primitive arrays (FACTS
 * 1.12). Nothing is ever taken out but the first; an event that no longer matters is known by its generation. 24 bytes
 * for each event. Not thread-safe.
 *
 * <pre>
 *   order    = sequence number × 256 + opcode, so that it orders like the sequence
 *   payload  = id × 2^32 + generation
 * </pre>
 */
final class EventList {

    /** More than this cannot be pending: 400 MB would be the heap alone. */
    static final int MOST = 1 << 24;

    private static final int ARITY = 4;
    private static final int OPCODE_BITS = 8;
    private static final Opcode[] OPCODES = Opcode.values();

    private long[] times = new long[256];
    private long[] orders = new long[256];
    private long[] payloads = new long[256];
    private int size;
    private long sequence;

    private long time;
    private long order;
    private long payload;

    /** Adds an event; those of the same moment come in the order in which they were added. */
    @SuppressWarnings(
            "EnumOrdinal") // The number lives no longer than this list, so no order of the constants is relied on.
    void add(long at, Opcode opcode, int id, int generation) {
        if (size == times.length) {
            grow();
        }
        long itsOrder = (sequence++ << OPCODE_BITS) | opcode.ordinal();
        int place = size++;
        while (place > 0) {
            int parent = (place - 1) / ARITY;
            if (times[parent] < at || (times[parent] == at && orders[parent] < itsOrder)) {
                break;
            }
            move(parent, place);
            place = parent;
        }
        put(place, at, itsOrder, ((long) id << Integer.SIZE) | (generation & 0xFFFF_FFFFL));
    }

    int size() {
        return size;
    }

    /** Takes the first event out, to be read with the accessors; false when there is none. */
    boolean next() {
        if (size == 0) {
            return false;
        }
        time = times[0];
        order = orders[0];
        payload = payloads[0];
        size--;
        if (size > 0) {
            sink(times[size], orders[size], payloads[size]);
        }
        return true;
    }

    long time() {
        return time;
    }

    Opcode opcode() {
        return OPCODES[(int) order & ((1 << OPCODE_BITS) - 1)];
    }

    int id() {
        return (int) (payload >> Integer.SIZE);
    }

    int generation() {
        return (int) payload;
    }

    private void sink(long itsTime, long itsOrder, long itsPayload) {
        int place = 0;
        while (true) {
            int first = place * ARITY + 1;
            if (first >= size) {
                break;
            }
            int least = first;
            int end = Math.min(first + ARITY, size);
            for (int child = first + 1; child < end; child++) {
                if (times[child] < times[least] || (times[child] == times[least] && orders[child] < orders[least])) {
                    least = child;
                }
            }
            if (itsTime < times[least] || (itsTime == times[least] && itsOrder < orders[least])) {
                break;
            }
            move(least, place);
            place = least;
        }
        put(place, itsTime, itsOrder, itsPayload);
    }

    private void move(int from, int to) {
        put(to, times[from], orders[from], payloads[from]);
    }

    private void put(int place, long itsTime, long itsOrder, long itsPayload) {
        times[place] = itsTime;
        orders[place] = itsOrder;
        payloads[place] = itsPayload;
    }

    private void grow() {
        if (size >= MOST) {
            throw new IllegalStateException("events pending = " + size + ": at most " + MOST
                    + "; the plan's load outgrows its pools without bound, so give it deadlines or waiter limits");
        }
        times = Arrays.copyOf(times, 2 * size);
        orders = Arrays.copyOf(orders, 2 * size);
        payloads = Arrays.copyOf(payloads, 2 * size);
    }
}
