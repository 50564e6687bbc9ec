package dev.poolwright.proxy;

/**
 * Told what happens at a proxy. Moments are readings of the proxy's clock, in nanoseconds. Called on one thread of the
 * proxy, in order; an implementation must not block. What it throws is counted ({@link ProxyReading#listenerFailures()})
 * and goes no further.
 */
public interface ProxyListener {

    /** Demand has come to exceed the path's capacity; told again only after it had fallen back. */
    default void full(long moment) {}

    /** The path let a connect through, after so long a wait; 0 for none. */
    default void admitted(long moment, long waitedNanos) {}

    /** The server took the connection; the time runs from the client's first bytes. */
    default void connected(long moment, long connectNanos) {}

    /** A connect was refused. */
    default void refused(long moment, Refusal by) {}

    /** A connect or connection that the path had admitted, or that waited for it, is over. */
    default void closed(long moment) {}
}
