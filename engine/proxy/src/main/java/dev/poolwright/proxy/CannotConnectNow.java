package dev.poolwright.proxy;

import java.util.Optional;

/**
 * The server takes no connections at this time (57P03); open ones run on. Texts: PostgreSQL's {@code ProcessStartupPacket}.
 *
 * @param state why
 */
public record CannotConnectNow(State state) implements Fault {

    /** Why a server takes no connections. */
    public enum State {
        STARTING_UP("the database system is starting up"),
        SHUTTING_DOWN("the database system is shutting down"),
        IN_RECOVERY("the database system is in recovery mode");

        private final String text;

        State(String text) {
            this.text = text;
        }
    }

    @Override
    public Optional<ServerMessage> refusal(int held) {
        return Optional.of(ServerMessage.fatal("57P03", state.text));
    }
}
