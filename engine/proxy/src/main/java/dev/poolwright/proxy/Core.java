package dev.poolwright.proxy;

import dev.poolwright.policy.Clock;
import io.netty.channel.group.ChannelGroup;
import java.net.SocketAddress;
import java.util.Set;

/**
 * What all links of a proxy share. Each part is safe for use by many threads.
 *
 * @param links those that are not over
 */
record Core(
        Gate gate,
        Faults faults,
        ServerSlots slots,
        Clock clock,
        SocketAddress server,
        ChannelGroup channels,
        Set<Link> links) {}
