package dev.poolwright.proxy;

import java.util.Optional;

/**
 * A connection ends after so many bytes, counted for each one from the moment at which the fault comes into force.
 *
 * <pre>
 *   arrives   aaaaaaaaaa
 *   leaves    aaaaaa┘           exactly so many, then the end
 * </pre>
 *
 * @param bytes 0 or more
 * @param direction in which they are counted
 * @param reset whether both sides are reset; otherwise they are closed
 */
public record CutAfter(long bytes, Direction direction, boolean reset) implements Fault {

    public CutAfter {
        Delays.within("cut_after: bytes", bytes, 0, Long.MAX_VALUE);
    }

    @Override
    public Optional<CutAfter> cut(Direction way) {
        return way == direction ? Optional.of(this) : Optional.empty();
    }
}
