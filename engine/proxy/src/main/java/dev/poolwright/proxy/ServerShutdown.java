package dev.poolwright.proxy;

import java.util.Optional;

/**
 * The server is shut down by its administrator: open connections are told so (57P01) and closed, between two messages; new
 * ones are refused (57P03) until the fault is lifted. Texts: PostgreSQL's {@code ProcessInterrupts} and {@code
 * ProcessStartupPacket}.
 */
public record ServerShutdown() implements Fault {

    @Override
    public Optional<Blow> blow() {
        return Optional.of(Blow.closedByServer(
                ServerMessage.fatal("57P01", "terminating connection due to administrator command")));
    }

    @Override
    public Optional<ServerMessage> refusal(int held) {
        return new CannotConnectNow(CannotConnectNow.State.SHUTTING_DOWN).refusal(held);
    }
}
