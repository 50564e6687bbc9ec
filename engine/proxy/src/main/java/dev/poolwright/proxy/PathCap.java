package dev.poolwright.proxy;

import java.time.Duration;
import java.util.Optional;

/**
 * The path carries no more than so many connections, and does not grow before this fault is lifted. What is open above
 * the cap stays open. Of several caps at once the lowest counts, and the path is capped until the last is lifted.
 *
 * @param connections at least 1
 * @param scaleOutDelay how long each scale-out takes once the cap is lifted; 0 to one day
 */
public record PathCap(int connections, Duration scaleOutDelay) implements Fault {

    public PathCap {
        if (connections < 1) {
            throw new IllegalArgumentException(
                    "path_cap: connections = " + connections + " is too small; allowed is 1 or more");
        }
        Delays.checked("path_cap: scaleOutDelay", scaleOutDelay);
    }

    @Override
    public Optional<PathCap> pathCap() {
        return Optional.of(this);
    }
}
