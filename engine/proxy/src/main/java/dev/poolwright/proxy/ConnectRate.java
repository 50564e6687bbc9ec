package dev.poolwright.proxy;

import java.util.concurrent.TimeUnit;

/**
 * No more than so many connects a second are let through, evenly; the others wait in order. Those that wait when the fault is
 * lifted are let through then.
 *
 * @param perSecond above 0, up to a million
 */
public record ConnectRate(double perSecond) implements Fault {

    private static final double MOST = 1e6;
    private static final double LEAST = 1e-3;

    public ConnectRate {
        if (!(perSecond >= LEAST && perSecond <= MOST)) {
            throw new IllegalArgumentException(
                    "connect_rate: perSecond = " + perSecond + " is out of range; allowed is 0.001 to 1000000");
        }
    }

    @Override
    public long connectGapNanos() {
        return Math.round(TimeUnit.SECONDS.toNanos(1) / perSecond);
    }
}
