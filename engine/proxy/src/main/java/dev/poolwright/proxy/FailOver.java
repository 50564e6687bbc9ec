package dev.poolwright.proxy;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * The address now leads to a server that can only be read: open connections are reset, new ones reach a second server, or the
 * same one with {@code default_transaction_read_only} on, whose answer to a write is then the server's own 25006. A session
 * that began while the fault was in force stays what it is when the fault is lifted.
 *
 * @param to the second server; empty for the same one, read-only, which cannot be had within TLS
 */
public record FailOver(Optional<InetSocketAddress> to) implements Fault {

    @Override
    public Optional<Blow> blow() {
        return Optional.of(Blow.reset());
    }

    @Override
    public Optional<InetSocketAddress> target() {
        return to;
    }

    @Override
    public Map<String, String> sessionSettings() {
        return to.isPresent() ? Map.of() : Map.of("default_transaction_read_only", "on");
    }
}
