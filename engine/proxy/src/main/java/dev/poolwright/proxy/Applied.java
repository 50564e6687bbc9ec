package dev.poolwright.proxy;

/** A fault in force. Thread-safe. */
public final class Applied implements AutoCloseable {

    private final Runnable lift;

    Applied(Runnable lift) {
        this.lift = lift;
    }

    /** Lifts the fault for existing and new connections; does nothing the second time. */
    public void lift() {
        lift.run();
    }

    /** The same as {@link #lift()}. */
    @Override
    public void close() {
        lift();
    }
}
