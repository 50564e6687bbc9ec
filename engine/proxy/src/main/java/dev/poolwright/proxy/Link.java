package dev.poolwright.proxy;

import dev.poolwright.proxy.Faults.Entry;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection from its accept to its end.
 *
 * <pre>
 *   first bytes ─┬─ cancel request ────────────────────────────────────────▶ dial ─▶ relay
 *                └─ received? ─ rate ─ gate: waits, is refused (reset), or admitted ─▶ server ─┬─▶ dial ─▶ relay
 *                                                                                     slots    └─▶ refused in words
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

    /** How long what was passed on before a cut, or a message before the last words, may take to get there. */
    private static final long CUT_SECONDS = 1;

    final long id;

    /** Belongs to the gate. */
    Slot slot = Slot.NONE;
    /** Belongs to the gate. */
    long askedAtGate;

    private final Core core;
    private final Channel client;
    private Force force = Force.NONE;
    private @Nullable ByteBuf head;
    private @Nullable Future<?> turn;
    private boolean spoke;
    private boolean asked;
    private boolean holdsServerSlot;
    private long askedAt;
    private long lastTraffic;
    /** Channels that are not closed yet. */
    private int channels = 1;
    /** What made the connection one on which everything is lost. */
    private @Nullable Entry lostBy;

    private @Nullable Channel server;
    private @Nullable StandIn standIn;
    private @Nullable Session session;
    private @Nullable Line toServer;
    private @Nullable Line toClient;
    private @Nullable ChannelSink serverSink;
    private @Nullable ChannelSink clientSink;

    Link(long id, Core core, Channel client) {
        this.id = id;
        this.core = core;
        this.client = client;
    }

    EventLoop loop() {
        return client.eventLoop();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        // In the list before the faults are read: whoever changes them afterwards finds this link there.
        core.links().add(this);
        force = core.faults().on(id);
        core.gate().accepted();
        client.closeFuture().addListener(closed -> clientClosed());
        if (force.reception() == Reception.REFUSED) {
            core.gate().refused(Refusal.FAULT);
            reset(client);
        } else {
            client.eventLoop().schedule(this::cutOffIfSilent, SILENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (isLost(client)) {
            bytes.release();
        } else if (session != null) {
            session.fromClient(bytes);
        } else if (toServer != null) {
            toServer.offer(bytes);
        } else {
            first(bytes);
        }
    }

    private void first(ByteBuf bytes) {
        if (head == null) {
            head = client.alloc().buffer();
        }
        head.writeBytes(bytes);
        bytes.release();
        if (head.readableBytes() > HEAD_MAXIMUM) {
            client.config().setAutoRead(false);
        }
        if (!spoke && head.readableBytes() >= StartupPacket.HEAD) {
            spoke = true;
            askedAt = core.clock().nanos();
            askInTurn(head);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (toServer != null && lostBy == null) {
            toServer.flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (toClient != null && lostBy == null) {
            toClient.steer();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            if (toServer != null && lostBy == null) {
                toServer.end();
            } else {
                // It gave up before anything was answered, or nobody is to hear of it.
                client.close();
            }
        }
    }

    /** A connection reset, most of the time; whatever it is, this connection cannot go on. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        client.close();
    }

    /** Other faults are in force: those that begin hit what is open, those that are lifted let go of what they held. */
    void changed() {
        Force before = force;
        force = core.faults().on(id);
        if (lostBy != null) {
            if (!force.has(lostBy)) {
                resetBoth();
            }
            return;
        }
        for (Entry entry : force.entries()) {
            if (!before.has(entry)) {
                entry.fault
                        .idleCutOff()
                        .ifPresent(cut -> lastTraffic = core.clock().nanos());
                entry.fault.blow().ifPresent(blow -> hit(blow, entry));
            }
        }
        if (session != null) {
            session.force(force);
        } else if (toServer != null && toClient != null) {
            toServer.force(force);
            toClient.force(force);
        } else if (head != null && spoke && !asked && lostBy == null) {
            askInTurn(head);
        }
    }

    private void hit(Blow blow, Entry by) {
        switch (blow.kind()) {
            case RESET -> resetBoth();
            case LOST -> lose(by);
            case CLOSED_BY_SERVER -> {
                boolean said = session != null
                        && blow.lastWords().map(session::sayLast).orElse(false);
                if (!said && server != null) {
                    closedByServer();
                } else if (said) {
                    client.eventLoop().schedule(this::closedByServer, CUT_SECONDS, TimeUnit.SECONDS);
                }
            }
        }
    }

    /** From now on everything is lost; what has been under way too. Both channels are read, so that their ends are seen. */
    private void lose(Entry by) {
        lostBy = by;
        if (toServer != null) {
            toServer.close();
        }
        if (toClient != null) {
            toClient.close();
        }
        client.config().setAutoRead(true);
        if (server != null) {
            server.config().setAutoRead(true);
        }
    }

    /** Whether what just arrived from a side is lost; the idle cut-off is found out here. */
    private boolean isLost(Channel from) {
        if (lostBy != null) {
            return true;
        }
        if (force.idle().isEmpty()) {
            return false;
        }
        long now = core.clock().nanos();
        for (Entry entry : force.idle()) {
            IdleCutOff cutOff = entry.fault.idleCutOff().orElseThrow();
            if (session != null && now - lastTraffic > cutOff.after().toNanos()) {
                lose(entry);
                if (cutOff.reset()) {
                    reset(from);
                }
                return true;
            }
        }
        lastTraffic = now;
        return false;
    }

    /** The server has nothing more to say: its end of the connection is closed, the client gets what is under way. */
    void closedByServer() {
        if (clientSink != null && toClient != null) {
            clientSink.closeAtEnd();
            toClient.end();
        }
        if (server != null) {
            server.close();
        }
    }

    /** What has been written arrives, then both sides are closed or reset. */
    private void cut(boolean reset) {
        for (Channel channel : server == null ? new Channel[] {client} : new Channel[] {client, server}) {
            channel.config().setAutoRead(false);
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> end(channel, reset));
            channel.eventLoop().schedule(() -> end(channel, reset), CUT_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static void end(Channel channel, boolean reset) {
        if (reset) {
            reset(channel);
        } else {
            channel.close();
        }
    }

    private void resetBoth() {
        reset(client);
        if (server != null) {
            reset(server);
        }
    }

    private static void reset(Channel channel) {
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
        }
    }

    /** Any thread: the path is this link's, and the connection established in so many nanoseconds. */
    void admitted(long inNanos) {
        client.eventLoop()
                .execute(() -> client.eventLoop()
                        .schedule(
                                this::enterServer,
                                Math.max(0, inNanos) + force.connectDelayNanos(),
                                TimeUnit.NANOSECONDS));
    }

    /** Any thread: reset, as a network that does not carry the connect would. */
    void refusedByPath() {
        client.eventLoop().execute(() -> reset(client));
    }

    /** Asks for the path, once the client is received and its turn has come; again after each change of the faults. */
    private void askInTurn(ByteBuf first) {
        if (turn != null) {
            turn.cancel(false);
            turn = null;
        }
        if (StartupPacket.isCancel(first)) {
            asked = true;
            core.gate().cancelRequest();
            dial();
            return;
        }
        Reception reception = force.reception();
        if (reception == Reception.REFUSED) {
            core.gate().refused(Refusal.FAULT);
            reset(client);
        } else if (reception == Reception.SERVED) {
            long now = core.clock().nanos();
            long wait = force.connectMoment(now) - now;
            if (wait <= 0) {
                askGate();
            } else {
                turn = client.eventLoop().schedule(this::askGate, wait, TimeUnit.NANOSECONDS);
            }
        }
    }

    private void askGate() {
        if (client.isOpen() && lostBy == null) {
            asked = true;
            core.gate().ask(this);
        }
    }

    private void enterServer() {
        if (!client.isOpen() || lostBy != null) {
            return;
        }
        Optional<ServerMessage> refusal = core.slots().take(force);
        if (refusal.isPresent()) {
            core.gate()
                    .refused(
                            refusal.get().sqlState().equals(ServerFull.TOO_MANY_CONNECTIONS)
                                    ? Refusal.SERVER
                                    : Refusal.NOT_NOW);
            refuse(refusal.get());
        } else {
            holdsServerSlot = true;
            dial();
        }
    }

    private void refuse(ServerMessage words) {
        clientSink = new ChannelSink(client);
        clientSink.closeAtEnd();
        toClient = line(Direction.TO_CLIENT, client, clientSink);
        standIn = new StandIn(client, toClient, words);
        toServer = line(Direction.TO_SERVER, client, standIn);
        if (head != null) {
            toServer.offer(head);
            head = null;
        }
        toServer.flush();
    }

    private Line line(Direction direction, Channel source, Line.Sink sink) {
        return new Line(direction, id, force, core.clock(), source, sink, this::cut);
    }

    private void dial() {
        SocketAddress address = force.target().<SocketAddress>map(to -> to).orElse(core.server());
        channels++;
        ChannelFuture dialled = new Bootstrap()
                .group(client.eventLoop())
                .channel(Transport.BEST.dialled)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, DIAL_MILLIS)
                .handler(new ServerEnd())
                .connect(address);
        dialled.addListener((ChannelFutureListener) this::answered);
    }

    private void answered(ChannelFuture dialled) {
        Channel reached = dialled.channel();
        reached.closeFuture().addListener(closed -> serverClosed());
        if (!dialled.isSuccess()) {
            core.gate().refused(Refusal.UNREACHABLE);
            reached.close();
            client.close();
        } else if (!client.isOpen() || lostBy != null) {
            reached.close();
        } else {
            if (holdsServerSlot) {
                core.gate().connected(core.clock().nanos() - askedAt);
            }
            relay(reached);
        }
    }

    private void relay(Channel reached) {
        server = reached;
        serverSink = new ChannelSink(reached);
        clientSink = new ChannelSink(client);
        toServer = line(Direction.TO_SERVER, client, serverSink);
        toClient = line(Direction.TO_CLIENT, reached, clientSink);
        lastTraffic = core.clock().nanos();
        session = new Session(this, client.alloc(), force, toServer, toClient);
        if (head != null) {
            session.fromClient(head);
            head = null;
        }
        toServer.flush();
    }

    private void cutOffIfSilent() {
        if (!spoke) {
            client.close();
        }
    }

    private void clientClosed() {
        if (serverSink != null && toServer != null && lostBy == null) {
            serverSink.closeAtEnd();
            toServer.end();
        }
        closedOne();
    }

    private void serverClosed() {
        if (clientSink != null && toClient != null && lostBy == null) {
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
        core.links().remove(this);
        if (turn != null) {
            turn.cancel(false);
        }
        if (head != null) {
            head.release();
            head = null;
        }
        if (session != null) {
            session.close();
        }
        if (toServer != null) {
            toServer.close();
        }
        if (toClient != null) {
            toClient.close();
        }
        if (standIn != null) {
            standIn.close();
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
            if (session == null || server == null) {
                bytes.release();
                throw new IllegalStateException(
                        "proxy: the server's channel was read before it was joined to a client");
            }
            if (isLost(server)) {
                bytes.release();
            } else {
                session.fromServer(bytes);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (toClient != null && lostBy == null) {
                toClient.flush();
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (toServer != null && lostBy == null) {
                toServer.steer();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                if (lostBy != null) {
                    context.close();
                } else if (toClient != null) {
                    toClient.end();
                }
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
