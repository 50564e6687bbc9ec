package dev.poolwright.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;

/**
 * Stands in for a server that is full: declines encryption, reads the startup packet, refuses with SQLSTATE 53300 and ends.
 * Used by one event loop only.
 */
final class FullServer implements Line.Sink {

    private static final String TOO_MANY_CONNECTIONS = "53300";

    private final Channel client;
    private final Line toClient;
    private final String message;
    private final ByteBuf read;
    private boolean done;

    FullServer(Channel client, Line toClient, String message) {
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
                toClient.offer(StartupPacket.fatal(client.alloc(), TOO_MANY_CONNECTIONS, message));
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
