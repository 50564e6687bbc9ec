package dev.poolwright.guard;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Takes events from any thread and hands them to the listener on the heartbeat's. Thread-safe. */
final class Events {

    private static final int MOST = 256;
    private static final long PAUSE_NANOS = 10_000_000_000L;

    private final String guard;
    private final GuardListener listener;
    private final Counters counters;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<GuardEvent> queue = new ArrayDeque<>();
    private final Map<GuardEvent.Kind, Long> silentUntil = new EnumMap<>(GuardEvent.Kind.class);

    Events(String guard, GuardListener listener, Counters counters) {
        this.guard = guard;
        this.listener = listener;
        this.counters = counters;
    }

    /** Whether an event of this kind is due; if so the next is due only after a pause. */
    boolean isDue(GuardEvent.Kind kind, long now) {
        lock.lock();
        try {
            Long until = silentUntil.get(kind);
            if (until != null && now - until < 0) {
                return false;
            }
            silentUntil.put(kind, now + PAUSE_NANOS);
            return true;
        } finally {
            lock.unlock();
        }
    }

    void add(GuardEvent.Kind kind, String text, List<Holder> holders) {
        lock.lock();
        try {
            if (queue.size() >= MOST) {
                counters.eventsLost.increment();
                return;
            }
            queue.add(new GuardEvent(kind, guard, text, holders));
        } finally {
            lock.unlock();
        }
    }

    /** Hands on what came since the last call; only the heartbeat calls it. */
    void deliver() {
        List<GuardEvent> due;
        lock.lock();
        try {
            if (queue.isEmpty()) {
                return;
            }
            due = new ArrayList<>(queue);
            queue.clear();
        } finally {
            lock.unlock();
        }
        for (GuardEvent event : due) {
            try {
                listener.happened(event);
            } catch (RuntimeException | LinkageError | AssertionError e) {
                // A listener is not ours; whatever it does must not end the watch.
                counters.ownFaults.increment();
            }
        }
    }
}
