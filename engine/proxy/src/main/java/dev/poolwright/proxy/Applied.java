package dev.poolwright.proxy;

import dev.poolwright.proxy.Faults.Entry;
import java.util.concurrent.atomic.AtomicReference;

/** A fault in force. Thread-safe. */
public final class Applied implements AutoCloseable {

    private final Proxy proxy;
    private final AtomicReference<Entry> entry;

    Applied(Proxy proxy, Entry entry) {
        this.proxy = proxy;
        this.entry = new AtomicReference<>(entry);
    }

    Entry entry() {
        return entry.get();
    }

    /**
     * Puts another fault in its place, on the same share, in one step: no byte passes between the two.
     *
     * @throws IllegalStateException when the fault was lifted before
     */
    public synchronized void change(Fault fault) {
        Entry before = entry.get();
        Entry after = proxy.entry(fault, before.share);
        if (!proxy.exchange(before, after)) {
            throw new IllegalStateException("proxy: the fault was lifted and cannot be changed; apply it again");
        }
        entry.set(after);
    }

    /** Lifts the fault for existing and new connections; does nothing the second time. */
    public synchronized void lift() {
        proxy.lift(entry.get());
    }

    /** The same as {@link #lift()}. */
    @Override
    public void close() {
        lift();
    }
}
