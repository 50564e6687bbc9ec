package dev.poolwright.proxy;

import dev.poolwright.policy.Clock;
import dev.poolwright.policy.PathSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where a proxy listens, what it stands before, and how the path between them is.
 *
 * @param listen address to listen on; must be a loopback address, port 0 for any free one
 * @param server the PostgreSQL server, or the next proxy
 * @param path law of the path; its latency is a round trip, half of it added each way
 * @param clock source of time
 * @param listener told what happens
 */
public record ProxySettings(
        InetSocketAddress listen, InetSocketAddress server, PathSettings path, Clock clock, ProxyListener listener) {

    public ProxySettings {
        if (listen.isUnresolved() || !listen.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("proxy: listen = " + listen
                    + " is not a loopback address; allowed is 127.0.0.0/8 or ::1, because a proxy that breaks connections"
                    + " must not be reachable from elsewhere");
        }
    }

    /** A proxy before a server: any free loopback port, a path without limit or latency, the system's clock. */
    public static ProxySettings before(InetSocketAddress server) {
        return new ProxySettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                server,
                PathSettings.unlimited(),
                Clock.system(),
                new ProxyListener() {});
    }

    public ProxySettings withPath(PathSettings other) {
        return new ProxySettings(listen, server, other, clock, listener);
    }

    public ProxySettings withListener(ProxyListener other) {
        return new ProxySettings(listen, server, path, clock, other);
    }
}
