package dev.poolwright.model.fleet;

import dev.poolwright.policy.Wait;
import java.time.Duration;

/**
 * The network between a service and a server. Where {@code bandwidth} says how far it scales (2 to 10 Gbit/s), the
 * connections scale with it: each scale-out adds {@code connections} once more.
 *
 * @param latency one round trip, added to every connect
 * @param connections concurrent connections it carries before it scales out
 * @param buffer connections of it that are not to be planned with
 * @param bandwidth baseline and maximum
 * @param scaleOutDelay from the moment demand exceeds what it carries to the moment it carries more
 * @param stressLatency added to a connect while demand exceeds what it carries
 * @param idleCutOff connections idle for longer are dropped silently
 */
public record Path(
        String name,
        Duration latency,
        Value<Limit> connections,
        int buffer,
        Bandwidth bandwidth,
        Duration scaleOutDelay,
        Duration stressLatency,
        Wait idleCutOff,
        Origin origin) {

    /** How often the path can be scaled out, itself included; 1 when it never does. */
    public int scale() {
        return Math.max(1, (int) (bandwidth.maximumBitsPerSecond() / Math.max(1, bandwidth.baselineBitsPerSecond())));
    }

    /** Bits per second; both 0 when not said. */
    public record Bandwidth(long baselineBitsPerSecond, long maximumBitsPerSecond) {
        public static final Bandwidth NOT_SAID = new Bandwidth(0, 0);

        public Bandwidth {
            if (baselineBitsPerSecond < 0 || maximumBitsPerSecond < baselineBitsPerSecond) {
                throw new IllegalArgumentException("bandwidth = " + baselineBitsPerSecond + " to "
                        + maximumBitsPerSecond + " bit/s: the maximum must not be below the baseline");
            }
        }
    }
}
