package dev.poolwright.proxy;

import dev.poolwright.policy.Clock;
import io.netty.channel.group.ChannelGroup;
import java.net.SocketAddress;

/** What all links of a proxy share. Each part is safe for use by many threads. */
record Core(Gate gate, Faults faults, ServerSlots slots, Clock clock, SocketAddress server, ChannelGroup channels) {}
