package dev.poolwright.proxy;

import java.util.Optional;

/**
 * The server has no more connections to give, and says so in its own words.
 *
 * <pre>
 *   0 ─────────── taken ──── taken + held ──── maximum − reserved ─── maximum
 *                                 taken while below │ reserved text │ too many clients
 * </pre>
 *
 * The texts are those of PostgreSQL's {@code postinit.c} and {@code proc.c}; the one for reserved slots changed with
 * version 16.
 *
 * @param maximum the server's {@code max_connections}; at least 1
 * @param reserved its {@code superuser_reserved_connections}; 0 to {@code maximum}
 * @param taken connections it holds that do not pass through this proxy; 0 or more
 * @param version its major version; 10 or more
 */
public record ServerFull(int maximum, int reserved, int taken, int version) implements Fault {

    static final String TOO_MANY_CONNECTIONS = "53300";

    private static final String TOO_MANY = "sorry, too many clients already";
    private static final String RESERVED_TO_15 =
            "remaining connection slots are reserved for non-replication superuser connections";
    private static final String RESERVED_FROM_16 =
            "remaining connection slots are reserved for roles with the SUPERUSER attribute";

    public ServerFull {
        Delays.within("server_full: maximum", maximum, 1, Integer.MAX_VALUE);
        Delays.within("server_full: reserved", reserved, 0, maximum);
        Delays.within("server_full: taken", taken, 0, Integer.MAX_VALUE);
        Delays.within("server_full: version", version, 10, Integer.MAX_VALUE);
    }

    @Override
    public Optional<ServerMessage> refusal(int held) {
        long free = (long) maximum - taken - held;
        if (free <= 0) {
            return Optional.of(ServerMessage.fatal(TOO_MANY_CONNECTIONS, TOO_MANY));
        }
        if (free <= reserved) {
            return Optional.of(
                    ServerMessage.fatal(TOO_MANY_CONNECTIONS, version < 16 ? RESERVED_TO_15 : RESERVED_FROM_16));
        }
        return Optional.empty();
    }
}
