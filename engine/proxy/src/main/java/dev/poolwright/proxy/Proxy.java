package dev.poolwright.proxy;

import dev.poolwright.policy.Clock;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP proxy before a PostgreSQL server that breaks connections on purpose.
 *
 * <p>A client is accepted at once; its first bytes are held back, and the server not dialled, until the path's law lets it
 * through. From then on everything passes untouched (TLS and authentication among it), shifted by the latency in force. A
 * cancel request is not counted by the path; one within TLS cannot be told from a connection and is.
 *
 * <p>Thread-safe. Runs on three threads of its own, all daemons.
 */
// A future that fails here closes its channel, and closing is what the link watches.
@SuppressWarnings("FutureReturnValueIgnored")
public final class Proxy implements AutoCloseable {

    private static final long CLOSE_SECONDS = 5;
    private static final int BACKLOG = 4096;
    private static final int RELAY_THREADS = 2;

    private final MultiThreadIoEventLoopGroup gateGroup = group("gate", 1);
    private final MultiThreadIoEventLoopGroup relayGroup = group("relay", RELAY_THREADS);
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Faults faults = new Faults();
    private final AtomicLong ids = new AtomicLong();
    private final EventLoop gateLoop = gateGroup.next();
    private final Gate gate;
    private final Channel listening;
    private final Core core;

    private Proxy(ProxySettings settings) {
        gate = new Gate(gateLoop, settings);
        faults.add(Latency.ofRoundTrip(Duration.ofNanos(settings.path().latencyNanos())));
        core = new Core(gate, faults, new ServerSlots(faults), settings.clock(), settings.server(), channels);
        ChannelFuture bound = new ServerBootstrap()
                .group(gateGroup, relayGroup)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        channels.add(client);
                        client.pipeline().addLast(new Link(ids.getAndIncrement(), core, client));
                    }
                })
                .bind(settings.listen())
                .awaitUninterruptibly();
        listening = bound.channel();
        if (!bound.isSuccess()) {
            close();
            throw new IllegalStateException(
                    "proxy: listen = " + settings.listen()
                            + " cannot be bound; choose another port, or 0 for any free one",
                    bound.cause());
        }
    }

    /**
     * Starts a proxy.
     *
     * @throws IllegalStateException when the address cannot be bound
     */
    public static Proxy start(ProxySettings settings) {
        return new Proxy(settings);
    }

    /** The port it listens on. */
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /**
     * Puts a fault in force for existing and new connections. It adds to those in force, at most 64, one of which is the
     * latency of the path.
     */
    public Applied apply(Fault fault) {
        Faults.Entry entry = faults.add(fault);
        fault.pathCap()
                .ifPresent(cap -> atGate(() -> {
                    gate.cap(cap);
                    return true;
                }));
        return new Applied(() -> {
            if (faults.remove(entry) && fault.pathCap().isPresent()) {
                atGate(() -> {
                    gate.uncap();
                    return true;
                });
            }
        });
    }

    /** What it has seen until now. */
    public ProxyReading reading() {
        return atGate(gate::reading);
    }

    /**
     * Closes every connection and ends every thread; does nothing the second time.
     *
     * @throws IllegalStateException when something is still open after 5 s
     */
    @Override
    public void close() {
        // One deadline for all, on a clock of its own: what is broken on purpose is never the way out.
        long deadline = Clock.system().nanos() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        await(listening.close(), deadline);
        // Links before the gate, because a link that ends tells the gate.
        await(channels.close(), deadline);
        await(relayGroup.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS), deadline);
        await(gateGroup.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS), deadline);
        if (!channels.isEmpty() || !relayGroup.isTerminated() || !gateGroup.isTerminated()) {
            throw new IllegalStateException(
                    "proxy: not closed within " + CLOSE_SECONDS + " s: connections open = " + channels.size());
        }
    }

    private static void await(Future<?> done, long deadline) {
        done.awaitUninterruptibly(Math.max(0, deadline - Clock.system().nanos()), TimeUnit.NANOSECONDS);
    }

    private <T> T atGate(Callable<T> act) {
        if (gateLoop.inEventLoop()) {
            throw new IllegalStateException("proxy: a listener must not control the proxy; use a thread of your own");
        }
        Future<T> done = gateLoop.submit(act);
        if (!done.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("proxy: no answer within " + CLOSE_SECONDS + " s; does a listener block?");
        }
        if (!done.isSuccess()) {
            throw new IllegalStateException("proxy: the path's law failed", done.cause());
        }
        return done.getNow();
    }

    private static MultiThreadIoEventLoopGroup group(String name, int threads) {
        return new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("poolwright-proxy-" + name, true), NioIoHandler.newFactory());
    }
}
