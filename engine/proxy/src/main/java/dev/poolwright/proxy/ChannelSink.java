package dev.poolwright.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;

/** Ends a line in a channel. Its end closes one direction only, so that a half-closed connection stays one. */
// A future that fails here closes its channel, and closing is what the link watches.
@SuppressWarnings("FutureReturnValueIgnored")
final class ChannelSink implements Line.Sink {

    private final Channel channel;
    private boolean closesAtEnd;
    private boolean ended;

    ChannelSink(Channel channel) {
        this.channel = channel;
    }

    /** The end closes the channel in both directions: there is nobody left to answer. At once if it has ended. */
    void closeAtEnd() {
        closesAtEnd = true;
        if (ended) {
            channel.close();
        }
    }

    @Override
    public void write(ByteBuf bytes) {
        channel.write(bytes, channel.voidPromise());
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public void end() {
        ended = true;
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) written -> {
            DuplexChannel duplex = (DuplexChannel) channel;
            if (closesAtEnd || !written.isSuccess() || duplex.isInputShutdown()) {
                duplex.close();
            } else {
                duplex.shutdownOutput();
            }
        });
    }

    @Override
    public boolean writable() {
        return channel.isWritable();
    }
}
