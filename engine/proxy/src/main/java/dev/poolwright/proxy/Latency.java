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
 * @param toServer added on the way to the server; 0 to one day
 * @param toClient added on the way to the client; 0 to one day
 */
public record Latency(Duration toServer, Duration toClient) implements Fault {

    public Latency {
        Delays.checked("latency: toServer", toServer);
        Delays.checked("latency: toClient", toClient);
    }

    /** A round trip, half of it each way. */
    public static Latency ofRoundTrip(Duration roundTrip) {
        Duration half = roundTrip.dividedBy(2);
        return new Latency(half, roundTrip.minus(half));
    }

    @Override
    public long delayNanos(Direction direction) {
        return (direction == Direction.TO_SERVER ? toServer : toClient).toNanos();
    }
}
