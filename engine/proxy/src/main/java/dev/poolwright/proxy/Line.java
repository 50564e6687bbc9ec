package dev.poolwright.proxy;

import dev.poolwright.policy.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One way of a connection: what arrives leaves in the same order, each piece a delay after its own arrival, its end included.
 *
 * <pre>
 *   source channel ──▶ offer ──▶ │ piece, due │ piece, due │ ──▶ sink
 *          ▲                                                      │
 *          └────── not read while the sink is not writable, ◀─────┘
 *                  or the line holds more than it may
 * </pre>
 *
 * A line that is full throttles: with 4 MiB under way, a delay of 100 ms passes 40 MiB/s. Used by one event loop only.
 */
// A future that fails here closes its channel, and closing is what the link watches.
@SuppressWarnings("FutureReturnValueIgnored")
final class Line {

    /** Bytes under way at which the source is no longer read. */
    private static final int BYTES_MAXIMUM = 4 << 20;

    /** Where a line ends. Takes over what is written to it. */
    interface Sink {
        void write(ByteBuf bytes);

        void flush();

        void end();

        boolean writable();
    }

    private static final class Piece {
        final long due;
        final @Nullable ByteBuf bytes;

        Piece(long due, @Nullable ByteBuf bytes) {
            this.due = due;
            this.bytes = bytes;
        }
    }

    private final Faults faults;
    private final Direction direction;
    private final Clock clock;
    private final Channel source;
    private final Sink sink;
    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
    private @Nullable Future<?> timer;
    private long bytesHeld;
    private boolean ended;
    private boolean closed;

    Line(Faults faults, Direction direction, Clock clock, Channel source, Sink sink) {
        this.faults = faults;
        this.direction = direction;
        this.clock = clock;
        this.source = source;
        this.sink = sink;
    }

    /** Takes over the bytes. */
    void offer(ByteBuf bytes) {
        if (closed || ended) {
            bytes.release();
            return;
        }
        long delay = faults.delayNanos(direction);
        if (delay == 0 && pieces.isEmpty()) {
            sink.write(bytes);
        } else {
            bytesHeld += bytes.readableBytes();
            pieces.add(new Piece(clock.nanos() + delay, bytes));
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
        if (closed || ended) {
            return;
        }
        ended = true;
        long delay = faults.delayNanos(direction);
        if (delay == 0 && pieces.isEmpty()) {
            sink.end();
        } else {
            pieces.add(new Piece(clock.nanos() + delay, null));
            arm();
        }
    }

    /** Reads the source or lets it be. */
    void steer() {
        boolean read = sink.writable() && bytesHeld < BYTES_MAXIMUM;
        if (!closed && source.config().isAutoRead() != read) {
            source.config().setAutoRead(read);
        }
    }

    /** Drops what is under way. */
    void close() {
        closed = true;
        if (timer != null) {
            timer.cancel(false);
        }
        for (Piece piece : pieces) {
            if (piece.bytes != null) {
                piece.bytes.release();
            }
        }
        pieces.clear();
    }

    private void arm() {
        Piece first = pieces.peek();
        if (timer == null && first != null) {
            timer = source.eventLoop().schedule(this::fallDue, first.due - clock.nanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void fallDue() {
        timer = null;
        long now = clock.nanos();
        for (Piece first = pieces.peek(); !closed && first != null && first.due - now <= 0; first = pieces.peek()) {
            pieces.remove();
            if (first.bytes == null) {
                sink.flush();
                sink.end();
            } else {
                bytesHeld -= first.bytes.readableBytes();
                sink.write(first.bytes);
            }
        }
        if (!closed) {
            flush();
        }
    }
}
