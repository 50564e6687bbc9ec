package dev.poolwright.proxy;

import dev.poolwright.policy.Clock;
import dev.poolwright.proxy.Faults.Entry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One way of a connection: what arrives leaves in the same order, each piece when it is due, its end included.
 *
 * <pre>
 *   source channel ──▶ offer ──▶ │ piece, due │ piece, due │ ──▶ sink
 *          ▲                                                      │
 *          └────── not read while the sink is not writable, ◀─────┘
 *                  or the line holds more than it may
 * </pre>
 *
 * While no fault touches bytes, and nothing is under way, what arrives is written at once and nothing is made for it. A line
 * that is full throttles: with 4 MiB under way, a delay of 100 ms passes 40 MiB/s. Used by one event loop only.
 */
// A future that fails here closes its channel, and closing is what the link watches.
@SuppressWarnings("FutureReturnValueIgnored")
final class Line {

    /** Bytes under way at which the source is no longer read. */
    private static final int BYTES_MAXIMUM = 4 << 20;

    /** The same for a line that transmits slowly, or in pieces. */
    private static final int BYTES_SLOW = 64 << 10;

    /** A slow line passes data in pieces of so many nanoseconds' worth. */
    private static final double STEP_SECONDS = 0.005;

    private static final int STEP_LEAST = 64;

    /** Where a line ends. Takes over what is written to it. */
    interface Sink {
        void write(ByteBuf bytes);

        void flush();

        void end();

        boolean writable();
    }

    /** Ends both ways of the connection. */
    interface Cutter {
        void cut(boolean reset);
    }

    private enum Kind {
        BYTES,
        END,
        PAUSE,
        HOLD,
        CLOSE,
        RESET
    }

    private record Piece(
            Kind kind,
            long due,
            @Nullable ByteBuf bytes,
            @Nullable Entry heldBy) {}

    private final Direction direction;
    private final long connection;
    private final Clock clock;
    private final Channel source;
    private final Sink sink;
    private final Cutter cutter;
    private final ArrayDeque<Piece> pieces = new ArrayDeque<>(0);
    private Force force;
    private @Nullable Map<Entry, Long> passedUnderCuts;
    private @Nullable Future<?> timer;
    private long lastDue;
    private long offered;
    private long bytesHeld;
    private boolean ended;
    private boolean closed;

    Line(Direction direction, long connection, Force force, Clock clock, Channel source, Sink sink, Cutter cutter) {
        this.direction = direction;
        this.connection = connection;
        this.force = force;
        this.clock = clock;
        this.source = source;
        this.sink = sink;
        this.cutter = cutter;
    }

    /** Takes over the bytes. */
    void offer(ByteBuf bytes) {
        if (closed || ended) {
            bytes.release();
        } else if (force.plain() && pieces.isEmpty()) {
            sink.write(bytes);
        } else {
            shape(bytes);
        }
    }

    /** The source has nothing more for the moment. */
    void flush() {
        if (!closed) {
            sink.flush();
            arm();
            steer();
        }
    }

    /** The source will send no more. */
    void end() {
        if (!closed && !ended) {
            last(Kind.END, force.endDelayNanos() + delay());
        }
    }

    /** What has been offered passes, then the connection is cut. */
    void cut(boolean reset) {
        if (!closed && !ended) {
            last(reset ? Kind.RESET : Kind.CLOSE, 0);
        }
    }

    /** What is offered from now on passes so much later. */
    void pause(long nanos) {
        put(Kind.PAUSE, clock.nanos() + nanos, null, null);
    }

    /** What is offered from now on passes when a fault is no longer in force. */
    void hold(Entry by) {
        put(Kind.HOLD, clock.nanos(), null, by);
    }

    /** Other faults are in force. */
    void force(Force now) {
        force = now;
        passUntilHeld();
    }

    /** Reads the source or lets it be. */
    void steer() {
        boolean read = sink.writable() && (bytesHeld == 0 || bytesHeld < mostHeld());
        if (!closed && source.config().isAutoRead() != read) {
            source.config().setAutoRead(read);
        }
    }

    /** Drops what is under way. */
    void close() {
        closed = true;
        disarm();
        for (Piece piece : pieces) {
            if (piece.bytes() != null) {
                piece.bytes().release();
            }
        }
        pieces.clear();
    }

    private void last(Kind kind, long delay) {
        ended = true;
        if (pieces.isEmpty() && delay == 0 && !force.stalls(direction)) {
            pass(new Piece(kind, 0, null, null));
        } else {
            put(kind, clock.nanos() + delay, null, null);
        }
    }

    private long delay() {
        return force.plain() ? 0 : force.delayNanos(direction, connection, offered++);
    }

    /** Cuts data into pieces, each with its moment. Bounded by the bytes, of which each piece has at least one. */
    private void shape(ByteBuf bytes) {
        long now = clock.nanos();
        long delay = delay();
        long pause = 0;
        boolean cut = false;
        boolean reset = false;
        for (Entry entry : force.cuts()) {
            CutAfter fault = entry.fault.cut(direction).orElse(null);
            if (fault != null && !cut) {
                long passed = passed(entry, bytes.readableBytes());
                if (passed + bytes.readableBytes() >= fault.bytes()) {
                    bytes.writerIndex(bytes.readerIndex() + (int) Math.max(0, fault.bytes() - passed));
                    cut = true;
                    reset = fault.reset();
                }
            }
        }
        int size = pieceSize();
        long pauseNanos = force.slices().map(slices -> slices.pause().toNanos()).orElse(0L);
        while (bytes.isReadable()) {
            int length = Math.min(size, bytes.readableBytes());
            long due = force.transmitted(direction, now, length) + delay + pause;
            put(Kind.BYTES, due, bytes.readRetainedSlice(length), null);
            pause += pauseNanos;
        }
        bytes.release();
        if (cut) {
            cut(reset);
        }
    }

    private long passed(Entry entry, int more) {
        if (passedUnderCuts == null) {
            passedUnderCuts = new LinkedHashMap<>();
        }
        long before = passedUnderCuts.getOrDefault(entry, 0L);
        passedUnderCuts.put(entry, before + more);
        return before;
    }

    private int pieceSize() {
        double step = force.bytesPerSecond(direction) * STEP_SECONDS;
        int size = (int) Math.min(Integer.MAX_VALUE, Math.max(STEP_LEAST, step));
        return Math.min(size, force.slices().map(Slicing::bytes).orElse(Integer.MAX_VALUE));
    }

    private long mostHeld() {
        double rate = force.bytesPerSecond(direction);
        if (force.slices().isPresent()) {
            return BYTES_SLOW;
        }
        if (rate == Double.POSITIVE_INFINITY) {
            return BYTES_MAXIMUM;
        }
        double underWay = rate * force.delayNanos(direction, connection, 0) / TimeUnit.SECONDS.toNanos(1);
        return Math.min(BYTES_MAXIMUM, Math.round(BYTES_SLOW + underWay));
    }

    private void put(Kind kind, long due, @Nullable ByteBuf bytes, @Nullable Entry by) {
        if (closed) {
            if (bytes != null) {
                bytes.release();
            }
            return;
        }
        long inOrder = pieces.isEmpty() || due - lastDue > 0 ? due : lastDue;
        lastDue = inOrder;
        bytesHeld += bytes == null ? 0 : bytes.readableBytes();
        pieces.add(new Piece(kind, inOrder, bytes, by));
        if (kind != Kind.BYTES) {
            arm();
        }
    }

    private boolean held(Piece piece) {
        return force.stalls(direction) || (piece.heldBy() != null && force.has(piece.heldBy()));
    }

    private void arm() {
        Piece first = pieces.peek();
        if (timer == null && first != null && !held(first)) {
            timer = source.eventLoop().schedule(this::fallDue, first.due() - clock.nanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void disarm() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void fallDue() {
        timer = null;
        passUntilHeld();
    }

    private void passUntilHeld() {
        disarm();
        boolean sliced = force.slices().isPresent();
        long now = clock.nanos();
        for (Piece first = pieces.peek();
                !closed && first != null && !held(first) && first.due() - now <= 0;
                first = pieces.peek()) {
            pieces.remove();
            pass(first);
            if (sliced) {
                sink.flush();
            }
        }
        flush();
    }

    private void pass(Piece piece) {
        if (piece.bytes() != null) {
            bytesHeld -= piece.bytes().readableBytes();
            sink.write(piece.bytes());
            return;
        }
        switch (piece.kind()) {
            case END -> {
                sink.flush();
                sink.end();
            }
            case CLOSE, RESET -> {
                sink.flush();
                cutter.cut(piece.kind() == Kind.RESET);
            }
            case BYTES, PAUSE, HOLD -> {}
        }
    }
}
