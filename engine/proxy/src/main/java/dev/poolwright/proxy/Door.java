package dev.poolwright.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * The port that is listened on, which can be closed and opened again. While it is closed a socket that does not listen keeps it
 * from others, and the operating system refuses connects. Thread-safe.
 */
final class Door {

    private final ServerBootstrap bootstrap;
    private InetSocketAddress address;
    private @Nullable Channel listening;
    private @Nullable Socket keeper;

    Door(ServerBootstrap bootstrap, InetSocketAddress address) {
        this.bootstrap = bootstrap;
        this.address = address;
    }

    /** @throws IllegalStateException when the address cannot be bound */
    synchronized void open() {
        if (listening != null) {
            return;
        }
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IllegalStateException(
                    "proxy: listen = " + address + " cannot be bound; choose another port, or 0 for any free one",
                    bound.cause());
        }
        listening = bound.channel();
        address = (InetSocketAddress) listening.localAddress();
        letGo();
    }

    synchronized void shut() {
        if (listening == null) {
            return;
        }
        listening.close().awaitUninterruptibly();
        listening = null;
        keeper = new Socket();
        try {
            keeper.setReuseAddress(true);
            keeper.bind(address);
        } catch (IOException failure) {
            letGo();
            throw new UncheckedIOException(
                    "proxy: the port " + address + " cannot be kept while it is closed", failure);
        }
    }

    /** Closes the port for good. */
    synchronized void close() {
        if (listening != null) {
            listening.close().awaitUninterruptibly();
        }
        letGo();
    }

    synchronized int port() {
        return address.getPort();
    }

    private void letGo() {
        try {
            if (keeper != null) {
                keeper.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("proxy: the port " + address + " cannot be let go", failure);
        }
        keeper = null;
    }
}
