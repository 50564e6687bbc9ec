package dev.poolwright.proxy;

import java.util.Optional;

/**
 * What hits the open connections at the moment at which a fault comes into force.
 *
 * @param kind what happens
 * @param lastWords what the server says before it closes; only for {@link Kind#CLOSED_BY_SERVER}
 */
public record Blow(Kind kind, Optional<ServerMessage> lastWords) {

    /** What happens to a connection. */
    public enum Kind {
        /** Both sides get a reset. */
        RESET,
        /** Neither side is told: whatever is sent from now on is lost. */
        LOST,
        /** The server says why and closes. Within TLS it only closes. */
        CLOSED_BY_SERVER
    }

    public static Blow reset() {
        return new Blow(Kind.RESET, Optional.empty());
    }

    public static Blow lost() {
        return new Blow(Kind.LOST, Optional.empty());
    }

    public static Blow closedByServer(ServerMessage lastWords) {
        return new Blow(Kind.CLOSED_BY_SERVER, Optional.of(lastWords));
    }
}
