package dev.poolwright.proxy;

import java.time.Duration;

/**
 * The way is longer. Each piece of data is passed on that much after its own arrival, so throughput stays what it was:
 *
 * <pre>
 *   arrives   a b  c
 *   leaves        a b  c        each shifted by the same time, in order
 * </pre>
 *
 * With jitter each piece is shifted by a time of its own, evenly drawn from {@code jitter} below to {@code jitter} above; a
 * piece whose time is shorter waits for the one before it.
 *
 * @param toServer added on the way to the server; 0 to one day
 * @param toClient added on the way to the client; 0 to one day
 * @param jitter 0 to the lesser of the two
 */
public record Latency(Duration toServer, Duration toClient, Duration jitter) implements Fault {

    public Latency {
        Delays.checked("latency: toServer", toServer);
        Delays.checked("latency: toClient", toClient);
        Duration lesser = toServer.compareTo(toClient) < 0 ? toServer : toClient;
        if (jitter.isNegative() || jitter.compareTo(lesser) > 0) {
            throw new IllegalArgumentException("latency: jitter = " + jitter + " is out of range; allowed is 0 to "
                    + lesser + ", the lesser of toServer and toClient");
        }
    }

    public Latency(Duration toServer, Duration toClient) {
        this(toServer, toClient, Duration.ZERO);
    }

    /** A round trip, half of it each way. */
    public static Latency ofRoundTrip(Duration roundTrip) {
        return ofRoundTrip(roundTrip, Duration.ZERO);
    }

    /** A round trip, half of it each way, and half of the jitter too. */
    public static Latency ofRoundTrip(Duration roundTrip, Duration jitter) {
        Duration half = roundTrip.dividedBy(2);
        return new Latency(half, roundTrip.minus(half), jitter.dividedBy(2));
    }

    @Override
    public long delayNanos(Direction direction, double draw) {
        long delay = (direction == Direction.TO_SERVER ? toServer : toClient).toNanos();
        return jitter.isZero() ? delay : delay + Math.round((2 * draw - 1) * jitter.toNanos());
    }
}
