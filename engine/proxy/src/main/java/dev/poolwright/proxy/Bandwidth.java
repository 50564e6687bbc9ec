package dev.poolwright.proxy;

/**
 * All connections of the path together pass no more than so many bytes a second in each direction: a line that transmits one
 * piece after the other.
 *
 * <pre>
 *   arrives   aaaa bb
 *   leaves    a.a.a.a.b.b        each byte takes its time, of whichever connection
 * </pre>
 *
 * @param bytesPerSecond 100 to 2^40
 * @param grows whether that is the rate of the path as it was when the fault came into force: twice the connections that it
 *     carries after a scale-out are then twice the bytes
 */
public record Bandwidth(long bytesPerSecond, boolean grows) implements Fault {

    private static final long LEAST = 100;
    private static final long MOST = 1L << 40;

    public Bandwidth {
        Delays.within("bandwidth: bytesPerSecond", bytesPerSecond, LEAST, MOST);
    }

    @Override
    public long bytesPerSecond(Direction direction) {
        return bytesPerSecond;
    }

    @Override
    public boolean growsWithThePath() {
        return grows;
    }
}
