package dev.poolwright.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection from its accept to its end.
 *
 * <pre>
 *   first bytes ─┬─ cancel request ───────────────────────────────────────▶ dial ─▶ relay
 *                └─ gate: waits, is refused (reset), or admitted ─▶ server ─┬─▶ dial ─▶ relay
 *                                                                  slots    └─▶ full: 53300
 * </pre>
 *
 * Runs on the event loop of the client's channel, on which the server's channel runs too; the fields marked so belong to
 * the gate's.
 */
// A future that fails here closes its channel, and closing is what the link watches.
@SuppressWarnings("FutureReturnValueIgnored")
final class Link extends ChannelInboundHandlerAdapter {

    enum Slot {
        NONE,
        WAITING,
        HELD
    }

    /** PostgreSQL's own {@code authentication_timeout}: who says nothing for so long is cut off. */
    private static final long SILENCE_SECONDS = 60;

    /** More than any startup packet: bytes taken from a client before it is connected. */
    private static final int HEAD_MAXIMUM = 16 << 10;

    private static final int DIAL_MILLIS = 10_000;

    final long id;

    /** Belongs to the gate. */
    Slot slot = Slot.NONE;
    /** Belongs to the gate. */
    long askedAtGate;

    private final Core core;
    private final Channel client;
    private @Nullable ByteBuf head;
    private boolean asked;
    private boolean holdsServerSlot;
    private long askedAt;
    /** Channels that are not closed yet. */
    private int channels = 1;

    private @Nullable FullServer fullServer;
    private @Nullable Line toServer;
    private @Nullable Line toClient;
    private @Nullable ChannelSink serverSink;
    private @Nullable ChannelSink clientSink;

    Link(long id, Core core, Channel client) {
        this.id = id;
        this.core = core;
        this.client = client;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        core.gate().accepted();
        client.closeFuture().addListener(closed -> clientClosed());
        client.eventLoop().schedule(this::cutOffIfSilent, SILENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (toServer != null) {
            toServer.offer(bytes);
            return;
        }
        if (head == null) {
            head = client.alloc().buffer();
        }
        head.writeBytes(bytes);
        bytes.release();
        if (head.readableBytes() > HEAD_MAXIMUM) {
            client.config().setAutoRead(false);
        }
        if (!asked && head.readableBytes() >= StartupPacket.HEAD) {
            ask(head);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (toServer != null) {
            toServer.flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (toClient != null) {
            toClient.steer();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            if (toServer != null) {
                toServer.end();
            } else {
                // It gave up before anything was answered.
                client.close();
            }
        }
    }

    /** A connection reset, most of the time; whatever it is, this connection cannot go on. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        client.close();
    }

    /** Any thread: the path is this link's, and the connection established in so many nanoseconds. */
    void admitted(long inNanos) {
        client.eventLoop()
                .schedule(
                        this::enterServer,
                        Math.max(0, inNanos) + core.faults().connectDelayNanos(),
                        TimeUnit.NANOSECONDS);
    }

    /** Any thread: reset, as a network that does not carry the connect would. */
    void refusedByPath() {
        client.eventLoop().execute(() -> {
            if (client.isOpen()) {
                client.config().setOption(ChannelOption.SO_LINGER, 0);
                client.close();
            }
        });
    }

    private void ask(ByteBuf first) {
        asked = true;
        askedAt = core.clock().nanos();
        if (StartupPacket.isCancel(first)) {
            core.gate().cancelRequest();
            dial();
        } else {
            core.gate().ask(this);
        }
    }

    private void enterServer() {
        if (!client.isOpen()) {
            return;
        }
        Optional<String> refusal = core.slots().take();
        if (refusal.isPresent()) {
            core.gate().refused(Refusal.SERVER);
            refuse(refusal.get());
        } else {
            holdsServerSlot = true;
            dial();
        }
    }

    private void refuse(String text) {
        clientSink = new ChannelSink(client);
        clientSink.closeAtEnd();
        toClient = new Line(core.faults(), Direction.TO_CLIENT, core.clock(), client, clientSink);
        fullServer = new FullServer(client, toClient, text);
        toServer = new Line(core.faults(), Direction.TO_SERVER, core.clock(), client, fullServer);
        sendHead(toServer);
    }

    private void dial() {
        channels++;
        ChannelFuture dialled = new Bootstrap()
                .group(client.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, DIAL_MILLIS)
                .handler(new ServerEnd())
                .connect(core.server());
        dialled.addListener((ChannelFutureListener) this::answered);
    }

    private void answered(ChannelFuture dialled) {
        Channel reached = dialled.channel();
        reached.closeFuture().addListener(closed -> serverClosed());
        if (!dialled.isSuccess()) {
            core.gate().refused(Refusal.UNREACHABLE);
            reached.close();
            client.close();
        } else if (!client.isOpen()) {
            reached.close();
        } else {
            if (holdsServerSlot) {
                core.gate().connected(core.clock().nanos() - askedAt);
            }
            relay(reached);
        }
    }

    private void relay(Channel reached) {
        serverSink = new ChannelSink(reached);
        clientSink = new ChannelSink(client);
        toServer = new Line(core.faults(), Direction.TO_SERVER, core.clock(), client, serverSink);
        toClient = new Line(core.faults(), Direction.TO_CLIENT, core.clock(), reached, clientSink);
        toClient.steer();
        sendHead(toServer);
    }

    private void sendHead(Line line) {
        if (head != null) {
            line.offer(head);
            head = null;
        }
        line.flush();
    }

    private void cutOffIfSilent() {
        if (!asked) {
            client.close();
        }
    }

    private void clientClosed() {
        if (serverSink != null && toServer != null) {
            serverSink.closeAtEnd();
            toServer.end();
        }
        closedOne();
    }

    private void serverClosed() {
        if (clientSink != null && toClient != null) {
            clientSink.closeAtEnd();
            toClient.end();
        }
        closedOne();
    }

    private void closedOne() {
        channels--;
        if (channels > 0) {
            return;
        }
        if (head != null) {
            head.release();
            head = null;
        }
        if (toServer != null) {
            toServer.close();
        }
        if (toClient != null) {
            toClient.close();
        }
        if (fullServer != null) {
            fullServer.close();
        }
        if (holdsServerSlot) {
            core.slots().giveBack();
        }
        if (asked) {
            core.gate().gone(this);
        }
    }

    /** The server's channel: passes everything on to the client. */
    private final class ServerEnd extends ChannelInboundHandlerAdapter {

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            core.channels().add(context.channel());
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            if (toClient == null) {
                bytes.release();
                throw new IllegalStateException(
                        "proxy: the server's channel was read before it was joined to a client");
            }
            toClient.offer(bytes);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (toClient != null) {
                toClient.flush();
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (toServer != null) {
                toServer.steer();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent && toClient != null) {
                toClient.end();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
