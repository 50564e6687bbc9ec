package dev.poolwright.proxy;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * How the operating system is asked: epoll where it is there (Linux), because it wakes to the microsecond and costs less, else
 * Java's own selector, which wakes up to a millisecond late.
 */
enum Transport {
    EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class),
    SELECTOR(NioServerSocketChannel.class, NioSocketChannel.class);

    static final Transport BEST = Epoll.isAvailable() ? EPOLL : SELECTOR;

    final Class<? extends ServerChannel> listening;
    final Class<? extends Channel> dialled;

    Transport(Class<? extends ServerChannel> listening, Class<? extends Channel> dialled) {
        this.listening = listening;
        this.dialled = dialled;
    }

    IoHandlerFactory handlers() {
        return this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }
}
