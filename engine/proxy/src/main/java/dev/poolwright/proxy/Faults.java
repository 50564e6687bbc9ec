package dev.poolwright.proxy;

import dev.poolwright.policy.Draws;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/** The faults in force, as one immutable list that is replaced as a whole. Thread-safe. */
final class Faults {

    /** More at once is a mistake in the caller, which forgets to lift. */
    private static final int MOST = 64;

    /** A fault once applied: equal faults applied twice are two. Holds what its connections share. */
    static final class Entry {
        final Fault fault;
        final Share share;
        private final Draws.Stream draws;
        private final int capacityAtBegin;
        private final IntSupplier capacity;
        private final AtomicLong nextConnect = new AtomicLong(Long.MIN_VALUE);
        private final AtomicLong lineFreeToServer = new AtomicLong(Long.MIN_VALUE);
        private final AtomicLong lineFreeToClient = new AtomicLong(Long.MIN_VALUE);

        Entry(Fault fault, Share share, IntSupplier capacity) {
            this.fault = fault;
            this.share = share;
            this.draws = Draws.of(share.seed()).stream("piece", "jitter");
            this.capacity = capacity;
            this.capacityAtBegin = capacity.getAsInt();
        }

        long delayNanos(Direction direction, long connection, long piece) {
            return fault.delayNanos(
                    direction,
                    draws.uniform(
                            (connection << Integer.SIZE) ^ (piece << 1) ^ (direction == Direction.TO_CLIENT ? 1 : 0)));
        }

        double bytesPerSecond(Direction direction) {
            long rate = fault.bytesPerSecond(direction);
            return fault.growsWithThePath() ? (double) rate * capacity.getAsInt() / capacityAtBegin : rate;
        }

        /** The moment at which the line has transmitted so many nanoseconds' worth after what it has to transmit already. */
        long transmitted(Direction direction, long now, long nanos) {
            return (direction == Direction.TO_SERVER ? lineFreeToServer : lineFreeToClient)
                    .updateAndGet(free -> Math.max(now, free) + nanos);
        }

        /** The moment at which the next connect may pass. */
        long connectMoment(long now) {
            long gap = fault.connectGapNanos();
            return gap == 0 ? now : nextConnect.updateAndGet(next -> Math.max(now, next) + gap) - gap;
        }
    }

    private final IntSupplier capacity;
    private volatile List<Entry> inForce = List.of();
    /** What hits a connection that every fault hits. */
    private volatile Force ofAll = Force.NONE;

    /** @param capacity connections that the path carries now */
    Faults(IntSupplier capacity) {
        this.capacity = capacity;
    }

    Entry entry(Fault fault, Share share) {
        return new Entry(fault, share, capacity);
    }

    /** Lifts some and adds others in one step; the ones that were in force until then and are no more. */
    synchronized List<Entry> exchange(Collection<Entry> lifted, List<Entry> added) {
        List<Entry> next = new ArrayList<>(inForce);
        List<Entry> gone = lifted.stream().filter(next::contains).toList();
        next.removeAll(gone);
        next.addAll(added);
        if (next.size() > MOST) {
            throw new IllegalStateException("proxy: faults in force = " + next.size()
                    + " is too many; allowed is up to " + MOST + ", lift some first");
        }
        inForce = List.copyOf(next);
        ofAll = Force.of(inForce);
        return gone;
    }

    /** What hits a connection now; the same object as long as nothing changes for all connections alike. */
    Force on(long connection) {
        Force all = ofAll;
        return all.sameForAll() ? all : all.on(connection);
    }

    /** Whether nobody at all is received. */
    boolean refusesAll() {
        return inForce.stream().anyMatch(entry -> entry.share.isAll() && entry.fault.reception() == Reception.REFUSED);
    }

    boolean inForce(Entry entry) {
        return inForce.contains(entry);
    }

    Optional<ServerMessage> refusal(Force force, int held) {
        for (Entry entry : force.entries()) {
            Optional<ServerMessage> refusal = entry.fault.refusal(held);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }
}
