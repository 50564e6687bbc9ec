package dev.poolwright.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;

/**
 * Stands in for a server that takes no connection: declines encryption, reads the startup packet, says why and ends.
 * Used by one event loop only.
 */
final class StandIn implements Line.Sink {

    private final Channel client;
    private final Line toClient;
    private final ServerMessage message;
    private final ByteBuf read;
    private boolean done;

    StandIn(Channel client, Line toClient, ServerMessage message) {
        this.client = client;
        this.toClient = toClient;
        this.message = message;
        this.read = client.alloc().buffer();
    }

    @Override
    public void write(ByteBuf bytes) {
        if (!done) {
            read.writeBytes(bytes);
        }
        bytes.release();
    }

    /** Bounded: every turn consumes bytes or ends. */
    @Override
    public void flush() {
        while (!done && read.readableBytes() >= StartupPacket.HEAD) {
            int length = StartupPacket.length(read);
            if (StartupPacket.asksForEncryption(read)) {
                read.skipBytes(length);
                toClient.offer(Unpooled.wrappedBuffer(new byte[] {'N'}));
            } else if (length < StartupPacket.HEAD || length > StartupPacket.LENGTH_MAXIMUM) {
                finish();
            } else if (read.readableBytes() < length) {
                return;
            } else {
                toClient.offer(message.encoded(client.alloc()));
                finish();
            }
            toClient.flush();
        }
    }

    @Override
    public void end() {
        if (!done) {
            finish();
        }
    }

    @Override
    public boolean writable() {
        return true;
    }

    /** Releases what was read; may be called again. */
    void close() {
        if (!done) {
            done = true;
            read.release();
        }
    }

    private void finish() {
        close();
        toClient.end();
    }
}
