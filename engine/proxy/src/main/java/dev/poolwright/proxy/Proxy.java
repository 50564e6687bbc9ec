package dev.poolwright.proxy;

import dev.poolwright.policy.Clock;
import dev.poolwright.proxy.Faults.Entry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

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
    private static final String LISTENER_CONTROLS =
            "proxy: a listener must not control the proxy; use a thread of your own";

    /** Held while faults change, so that the port, the path and the links see the changes in one order. */
    private final Object exchanging = new Object();

    private final MultiThreadIoEventLoopGroup gateGroup = group("gate", 1);
    private final MultiThreadIoEventLoopGroup relayGroup = group("relay", RELAY_THREADS);
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicLong ids = new AtomicLong();
    private final EventLoop gateLoop = gateGroup.next();
    private final Gate gate;
    private final Faults faults;
    private final Door door;

    private Proxy(ProxySettings settings) {
        gate = new Gate(gateLoop, settings);
        faults = new Faults(gate::capacity);
        Fault own = Latency.ofRoundTrip(Duration.ofNanos(settings.path().latencyNanos()));
        faults.exchange(List.of(), List.of(faults.entry(own, Share.ALL)));
        Core core =
                new Core(gate, faults, new ServerSlots(faults), settings.clock(), settings.server(), channels, links);
        door = new Door(
                new ServerBootstrap()
                        .group(gateGroup, relayGroup)
                        .channel(Transport.BEST.listening)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(new ChannelInitializer<SocketChannel>() {
                            @Override
                            protected void initChannel(SocketChannel client) {
                                channels.add(client);
                                client.pipeline().addLast(new Link(ids.getAndIncrement(), core, client));
                            }
                        }),
                settings.listen());
        try {
            door.open();
        } catch (IllegalStateException failure) {
            close();
            throw failure;
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
        return door.port();
    }

    /** The same as {@link #apply(Fault, Share)} for every connection. */
    public Applied apply(Fault fault) {
        return apply(fault, Share.ALL);
    }

    /**
     * Puts a fault in force for existing and new connections. It adds to those in force, at most 64, one of which is the
     * latency of the path. When the call returns, every connection that is hit has been hit.
     */
    public Applied apply(Fault fault, Share share) {
        Entry entry = entry(fault, share);
        exchange(List.of(), List.of(entry));
        return new Applied(this, entry);
    }

    /**
     * Lifts some faults and applies others, in one step.
     *
     * @return the new ones, in their order
     */
    public List<Applied> exchange(Collection<Applied> lifted, List<Hit> applied) {
        List<Entry> entries =
                applied.stream().map(hit -> entry(hit.fault(), hit.share())).toList();
        exchange(lifted.stream().map(Applied::entry).toList(), entries);
        return entries.stream().map(entry -> new Applied(this, entry)).toList();
    }

    Entry entry(Fault fault, Share share) {
        return faults.entry(fault, share);
    }

    /** False when {@code before} was lifted before, and nothing was done. */
    boolean exchange(Entry before, Entry after) {
        synchronized (exchanging) {
            if (!faults.inForce(before)) {
                return false;
            }
            exchange(List.of(before), List.of(after));
            return true;
        }
    }

    void lift(Entry entry) {
        exchange(List.of(entry), List.of());
    }

    private void exchange(List<Entry> lifted, List<Entry> applied) {
        synchronized (exchanging) {
            boolean refusedAll = faults.refusesAll();
            List<Entry> gone = faults.exchange(lifted, applied);
            if (gone.isEmpty() && applied.isEmpty()) {
                return;
            }
            caps(gone, applied);
            if (faults.refusesAll() != refusedAll) {
                if (refusedAll) {
                    door.open();
                } else {
                    door.shut();
                }
            }
            tellLinks();
        }
    }

    private void caps(List<Entry> gone, List<Entry> applied) {
        if (Stream.concat(gone.stream(), applied.stream())
                .anyMatch(entry -> entry.fault.pathCap().isPresent())) {
            atGate(() -> {
                applied.forEach(entry -> entry.fault.pathCap().ifPresent(gate::cap));
                gone.forEach(entry -> entry.fault.pathCap().ifPresent(cap -> gate.uncap()));
                return true;
            });
        }
    }

    /** Each link is told on its own loop; this waits until all have been. */
    private void tellLinks() {
        List<Future<?>> told = new ArrayList<>();
        for (EventExecutor loop : relayGroup) {
            if (loop.inEventLoop()) {
                throw new IllegalStateException(LISTENER_CONTROLS);
            }
            told.add(loop.submit(() -> {
                for (Link link : links) {
                    if (link.loop().equals(loop)) {
                        link.changed();
                    }
                }
            }));
        }
        for (Future<?> one : told) {
            answer(one);
        }
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
        door.close();
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
            throw new IllegalStateException(LISTENER_CONTROLS);
        }
        return answer(gateLoop.submit(act));
    }

    private static <T> T answer(Future<T> done) {
        if (!done.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("proxy: no answer within " + CLOSE_SECONDS + " s; does a listener block?");
        }
        if (!done.isSuccess()) {
            throw new IllegalStateException("proxy: a change of the faults failed", done.cause());
        }
        return done.getNow();
    }

    private static MultiThreadIoEventLoopGroup group(String name, int threads) {
        return new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("poolwright-proxy-" + name, true), Transport.BEST.handlers());
    }
}
