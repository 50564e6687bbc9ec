package dev.poolwright.lab.server;

import java.nio.file.Path;

/**
 * What an embedded server is started with.
 *
 * @param run whose server it is
 * @param maxConnections its {@code max_connections}; 10 to 5000, three of them reserved for superusers
 * @param home where binaries and run folders lie; see {@link #defaultHome()}
 */
public record EmbeddedSettings(RunName run, int maxConnections, Path home) {

    public EmbeddedSettings {
        if (maxConnections < 10 || maxConnections > 5000) {
            throw new IllegalArgumentException("max_connections = " + maxConnections + "; allowed is 10 to 5000");
        }
        home = home.toAbsolutePath().normalize();
    }

    /** {@code ~/.poolwright}. */
    public static Path defaultHome() {
        return Path.of(System.getProperty("user.home"), ".poolwright");
    }
}
