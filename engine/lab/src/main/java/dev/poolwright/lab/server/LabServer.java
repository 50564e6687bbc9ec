package dev.poolwright.lab.server;

import dev.poolwright.policy.Clock;

/** The PostgreSQL on which a run happens. Thread-safe. Closing stops what was started for it and nothing else. */
public sealed interface LabServer extends AutoCloseable permits EmbeddedServer, GivenServer {

    /** Where it is reached and with which account. */
    DatabaseUrl url();

    /** Stops an embedded server and removes its files; leaves a given one alone. What it could not remove it names. */
    CleanUp stop();

    /** As {@link #stop()}; @throws ServerRefusal when something was left behind */
    @Override
    default void close() {
        stop().orThrow();
    }

    /**
     * Starts a server of our own on loopback, with its files in a folder that only this user can read.
     *
     * @throws ServerRefusal when it cannot be started, with what the server said
     */
    static EmbeddedServer embedded(EmbeddedSettings settings, Clock clock) {
        return EmbeddedServer.start(settings, clock);
    }

    /** The user's own server. Nothing is opened yet: {@link GuardRails} comes first. */
    static LabServer at(DatabaseUrl url) {
        return new GivenServer(url);
    }
}
