package dev.poolwright.proxy;

import java.util.Optional;

/**
 * What a proxy can do to connections on purpose. Faults that act at once add up: delays are summed, and the first that
 * refuses refuses.
 *
 * <p>Each kind overrides the one question it has an answer to; what is not overridden is a fault that does nothing. All
 * kinds are immutable and safe for use by many threads.
 */
public sealed interface Fault permits NoFault, Latency, SlowConnect, ServerFull, PathCap {

    /** Nanoseconds that bytes spend on the way, counted from their arrival; 0 for none. */
    default long delayNanos(Direction direction) {
        return 0;
    }

    /** Nanoseconds by which the server is slow to take a connection; 0 for none. */
    default long connectDelayNanos() {
        return 0;
    }

    /**
     * Whether the server turns away a further connection.
     *
     * @param held connections that it holds through this proxy
     * @return the text of its refusal, or empty when it takes the connection
     */
    default Optional<String> refusal(int held) {
        return Optional.empty();
    }

    /** The cap which this fault puts on the path, or empty when it leaves the path alone. */
    default Optional<PathCap> pathCap() {
        return Optional.empty();
    }
}
