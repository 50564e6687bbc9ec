package dev.poolwright.lab.server;

import java.time.Duration;

/**
 * What a run will ask of a server at most.
 *
 * @param connections open at once, those the run is watched and kept through included
 * @param longest from the first connection to the last
 * @param ownRole whether the subjects log in with a role made for the run
 */
public record LoadLimits(int connections, Duration longest, boolean ownRole) {

    public LoadLimits {
        if (connections < 1 || longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException(
                    "limits are at least one connection and more than no time; connections = " + connections
                            + ", longest = " + longest);
        }
    }
}
