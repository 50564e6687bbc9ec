package dev.poolwright.proxy;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a proxy has seen, at one moment.
 *
 * @param path the path now
 * @param accepted clients accepted since the start, cancel requests among them
 * @param cancels of those, cancel requests, which the path does not count
 * @param refused connects refused since the start, by whom; a key that is missing stands for 0
 * @param connects how many connects took how long from the first bytes of the client to the server: element 0 counts those below 1 µs, element n those of
 *     2^(n−1) µs to below 2^n µs, the last all above
 * @param listenerFailures exceptions thrown by the listener
 */
public record ProxyReading(
        Path path,
        long accepted,
        long cancels,
        Map<Refusal, Long> refused,
        List<Long> connects,
        long listenerFailures) {

    public ProxyReading {
        refused = Map.copyOf(refused);
        connects = List.copyOf(connects);
    }

    /** Connects refused by one party. */
    public long refused(Refusal by) {
        return refused.getOrDefault(by, 0L);
    }

    /**
     * The path at one moment.
     *
     * @param open connections admitted, those still being established among them
     * @param waiting connects that wait
     * @param capacity connections it carries; {@link Integer#MAX_VALUE} for no limit
     * @param stressed whether open + waiting exceeds capacity
     * @param firstFull the first moment at which that was so, on the proxy's clock; empty if never
     */
    public record Path(int open, int waiting, int capacity, boolean stressed, OptionalLong firstFull) {}
}
