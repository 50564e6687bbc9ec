package dev.poolwright.model.fleet;

import dev.poolwright.policy.Wait;
import java.time.Duration;

/**
 * What runs the services.
 *
 * @param startLimit an instance that is not ready by then is stopped
 * @param restartDelay from the exit of an instance to its next start
 * @param stopGrace from the request to stop to the kill
 * @param requestTimeout the ingress gives up on a request
 */
public record Platform(Wait startLimit, Duration restartDelay, Duration stopGrace, Wait requestTimeout, Origin origin) {

    /** Nothing is said: no limits, restarts at once. */
    public static final Platform UNSTATED =
            new Platform(Wait.forever(), Duration.ZERO, Duration.ofSeconds(10), Wait.forever(), Origin.NONE);
}
