package dev.poolwright.proxy;

import java.time.Duration;

/**
 * The end of one side reaches the other late; what was sent before it is not held up.
 *
 * @param delay 0 to one day
 */
public record SlowClose(Duration delay) implements Fault {

    public SlowClose {
        Delays.checked("slow_close: delay", delay);
    }

    @Override
    public long endDelayNanos() {
        return delay.toNanos();
    }
}
