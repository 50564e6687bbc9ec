package dev.poolwright.proxy;

/** How a client that connects is received. A later one outweighs an earlier one. */
public enum Reception {
    /** As ever. */
    SERVED,
    /** Accepted, and never answered. */
    SILENCE,
    /** Turned away: the port does not listen, or the connection is reset. */
    REFUSED
}
