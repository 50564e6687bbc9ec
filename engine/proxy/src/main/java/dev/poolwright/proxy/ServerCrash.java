package dev.poolwright.proxy;

import java.util.Optional;

/**
 * A process of the server has crashed: open connections get the warning (57P02) that the others get then and are closed; new
 * ones are refused (57P03) until the fault is lifted. Texts: PostgreSQL's {@code quickdie} and {@code ProcessStartupPacket}.
 */
public record ServerCrash() implements Fault {

    private static final ServerMessage WARNING = new ServerMessage(
            "WARNING",
            "57P02",
            "terminating connection because of crash of another server process",
            "The postmaster has commanded this server process to roll back the current transaction and exit, because another"
                    + " server process exited abnormally and possibly corrupted shared memory.",
            "In a moment you should be able to reconnect to the database and repeat your command.");

    @Override
    public Optional<Blow> blow() {
        return Optional.of(Blow.closedByServer(WARNING));
    }

    @Override
    public Optional<ServerMessage> refusal(int held) {
        return new CannotConnectNow(CannotConnectNow.State.IN_RECOVERY).refusal(held);
    }
}
