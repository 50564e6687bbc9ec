package dev.poolwright.lab.server;

import java.util.Map;

/**
 * What one look at the server saw.
 *
 * @param nanos of the run's clock, when the answer was there
 * @param maxConnections the server's limit
 * @param serverTotal client sessions of everybody, those of the lab included
 * @param run sessions of the run's subjects
 * @param byApplication the same, by {@code application_name}
 */
public record ServerSample(
        long nanos, int maxConnections, int serverTotal, Sessions run, Map<String, Sessions> byApplication) {

    public ServerSample {
        byApplication = Map.copyOf(byApplication);
    }

    /**
     * Sessions by what they do.
     *
     * @param open all of them; those still logging in are in none of the others
     * @param idleInTransaction those in a failed transaction included
     */
    public record Sessions(int open, int active, int idle, int idleInTransaction) {

        static final Sessions NONE = new Sessions(0, 0, 0, 0);

        Sessions plus(Sessions other) {
            return new Sessions(
                    open + other.open,
                    active + other.active,
                    idle + other.idle,
                    idleInTransaction + other.idleInTransaction);
        }
    }
}
