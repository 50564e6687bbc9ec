package dev.poolwright.proxy;

/**
 * Nothing moves; nothing is lost. What was sent arrives when the fault is lifted.
 *
 * <pre>
 *   arrives   a b  c
 *   leaves            │abc        at the moment at which it is lifted
 * </pre>
 *
 * A sender can send on until 4 MiB and the buffers of the operating system are full.
 *
 * @param way which directions
 */
public record Stall(Way way) implements Fault {

    @Override
    public boolean stalls(Direction direction) {
        return way.includes(direction);
    }
}
