package dev.poolwright.proxy;

import java.time.Duration;

/**
 * The server is under pressure and slow to take connections; those it has taken run as before.
 *
 * @param delay added before the server is dialled; 0 to one day
 */
public record SlowConnect(Duration delay) implements Fault {

    public SlowConnect {
        Delays.checked("slow_connect: delay", delay);
    }

    @Override
    public long connectDelayNanos() {
        return delay.toNanos();
    }
}
