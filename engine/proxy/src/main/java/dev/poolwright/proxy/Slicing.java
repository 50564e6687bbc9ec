package dev.poolwright.proxy;

import java.time.Duration;
import java.util.Optional;

/**
 * Data arrives in small pieces, each written by itself.
 *
 * <pre>
 *   arrives   aaaaaa
 *   leaves    aa  aa  aa        bytes, pause, bytes, …
 * </pre>
 *
 * @param bytes of a piece; 1 to 65,536
 * @param pause between two pieces of what arrived at once; 0 to one day
 */
public record Slicing(int bytes, Duration pause) implements Fault {

    private static final int MOST = 1 << 16;

    public Slicing {
        Delays.within("slicing: bytes", bytes, 1, MOST);
        Delays.checked("slicing: pause", pause);
    }

    @Override
    public Optional<Slicing> slices() {
        return Optional.of(this);
    }
}
