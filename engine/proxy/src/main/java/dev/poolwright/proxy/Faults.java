package dev.poolwright.proxy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The faults in force, as one immutable list that is replaced as a whole. Thread-safe. */
final class Faults {

    /** More at once is a mistake in the caller, which forgets to lift. */
    private static final int MOST = 64;

    /** A fault once applied: equal faults applied twice are two. */
    static final class Entry {
        final Fault fault;

        Entry(Fault fault) {
            this.fault = fault;
        }
    }

    private volatile List<Entry> inForce = List.of();

    synchronized Entry add(Fault fault) {
        if (inForce.size() == MOST) {
            throw new IllegalStateException(
                    "proxy: faults in force = " + MOST + "; no more are allowed, lift some first");
        }
        Entry entry = new Entry(fault);
        inForce = Stream.concat(inForce.stream(), Stream.of(entry)).toList();
        return entry;
    }

    /** False when it was lifted before. */
    synchronized boolean remove(Entry entry) {
        int before = inForce.size();
        inForce = inForce.stream().filter(other -> other != entry).toList();
        return inForce.size() < before;
    }

    long delayNanos(Direction direction) {
        long sum = 0;
        for (Entry entry : inForce) {
            sum += entry.fault.delayNanos(direction);
        }
        return sum;
    }

    long connectDelayNanos() {
        long sum = 0;
        for (Entry entry : inForce) {
            sum += entry.fault.connectDelayNanos();
        }
        return sum;
    }

    Optional<String> refusal(int held) {
        for (Entry entry : inForce) {
            Optional<String> refusal = entry.fault.refusal(held);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }
}
