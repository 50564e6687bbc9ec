package dev.poolwright.proxy;

import dev.poolwright.policy.Draws;

/**
 * Which connections a fault hits. Whether a connection is hit is drawn from the seed and its number (the first to be accepted
 * is 0), so the same seed hits the same ones.
 *
 * @param part above 0, up to 1 for all
 * @param seed of the draw
 */
public record Share(double part, long seed) {

    /** Every connection. */
    public static final Share ALL = new Share(1, 0);

    public Share {
        if (!(part > 0 && part <= 1)) {
            throw new IllegalArgumentException("share = " + part + " is out of range; allowed is above 0, up to 1");
        }
    }

    boolean isAll() {
        return part == 1;
    }

    boolean hits(long connection) {
        return isAll() || Draws.of(seed).stream("connection", "share").uniform(connection) < part;
    }
}
