package dev.poolwright.lab.server;

import dev.poolwright.policy.Clock;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A PostgreSQL started for one run, on loopback, with durable writes and password log-in, as an ordinary server has
 * them. Works for root and for plain users. Thread-safe.
 */
public final class EmbeddedServer implements LabServer {

    /** The port is free when it is chosen and may be taken a moment later; then another one is tried. */
    private static final int MOST_STARTS = 3;

    private static final String NO_START =
            "look into the server's own words above; a full disk, a forbidden user namespace"
                    + " (as root) or a missing binary of this platform are the usual causes; or name a server with --database";

    private final EmbeddedPostgres postgres;
    private final RunFolder folder;
    private final DatabaseUrl url;
    private final Clock clock;
    private Optional<CleanUp> stopped = Optional.empty();

    private EmbeddedServer(EmbeddedPostgres postgres, RunFolder folder, DatabaseUrl url, Clock clock) {
        this.postgres = postgres;
        this.folder = folder;
        this.url = url;
        this.clock = clock;
    }

    static EmbeddedServer start(EmbeddedSettings settings, Clock clock) {
        RunFolder folder;
        try {
            folder = RunFolder.create(settings.home(), settings.run());
        } catch (IOException e) {
            throw new ServerRefusal(
                    new Problem(
                            "the run folder "
                                    + RunFolder.all(settings.home())
                                            .resolve(settings.run().id()) + " cannot be made ("
                                    + e.getClass().getSimpleName() + ")",
                            "choose another run id, or a home that can be written"),
                    e);
        }
        try {
            return start(settings, folder, clock);
        } catch (IOException | RuntimeException e) {
            String log = lastWords(folder);
            CleanUp cleanUp = remove(folder, clock);
            String left = cleanUp.clean() ? "" : "; left behind: " + cleanUp.leftovers();
            throw new ServerRefusal(
                    new Problem("the embedded server does not start: " + e.getMessage() + log + left, NO_START), e);
        }
    }

    private static EmbeddedServer start(EmbeddedSettings settings, RunFolder folder, Clock clock) throws IOException {
        Secret password = Secret.fresh();
        Path passwordFile = folder.path().resolve("password");
        Files.createFile(passwordFile, PasswordFile.forOwner());
        Files.writeString(passwordFile, password.reveal());
        IOException last = new IOException("not tried");
        for (int attempt = 0; attempt < MOST_STARTS; attempt++) {
            try {
                EmbeddedPostgres postgres =
                        builder(settings, folder, passwordFile, password).start();
                Files.delete(passwordFile);
                DatabaseUrl url = new DatabaseUrl(
                        "127.0.0.1", postgres.getPort(), "postgres", "postgres", Optional.of(password), Map.of());
                return new EmbeddedServer(postgres, folder, url, clock);
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private static EmbeddedPostgres.Builder builder(
            EmbeddedSettings settings, RunFolder folder, Path passwordFile, Secret password) {
        return EmbeddedPostgres.builder()
                // Not the library's own place: that is in the common temporary folder, where others could plant
                // binaries.
                .setOverrideWorkingDirectory(RunFolder.binaries(settings.home()).toFile())
                .setDataDirectory(folder.data())
                .setCleanDataDirectory(true)
                .setRegisterShutdownHook(false)
                .setOutputRedirector(
                        ProcessBuilder.Redirect.appendTo(folder.serverLog().toFile()))
                .setErrorRedirector(
                        ProcessBuilder.Redirect.appendTo(folder.serverLog().toFile()))
                // Options of initdb. The library asks for "trust"; these come later on the line and win.
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("pwfile", passwordFile.toString())
                .setLocaleConfig("auth-host", "scram-sha-256")
                .setLocaleConfig("auth-local", "scram-sha-256")
                .setConnectConfig("password", password.reveal())
                .setPGStartupWait(Duration.ofSeconds(10))
                // The library turns durability off (-F, synchronous_commit=off): a load would meet a server nobody
                // runs.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", Integer.toString(settings.maxConnections()))
                // No socket file in a common folder; the driver speaks TCP.
                .setServerConfig("unix_socket_directories", "");
    }

    @Override
    public DatabaseUrl url() {
        return url;
    }

    /** Where its files lie. */
    public Path folder() {
        return folder.path();
    }

    /**
     * Makes every connect take this much longer, until the answer is closed ({@code pre_auth_delay}: the server waits
     * before it asks for the password).
     *
     * @param delay whole seconds, 1 to 60: the server's own unit
     */
    public ChangedSetting preAuthDelay(Duration delay) {
        if (delay.toSeconds() < 1 || delay.toSeconds() > 60 || delay.toNanosPart() != 0) {
            throw new IllegalArgumentException(
                    "pre_auth_delay = " + delay + "; allowed are whole seconds from 1 to 60");
        }
        try {
            return ChangedSetting.change(url, "pre_auth_delay", Long.toString(delay.toSeconds()));
        } catch (SQLException e) {
            throw new ServerRefusal(
                    new Problem(
                            "pre_auth_delay cannot be set: " + e.getMessage(),
                            "see what became of the embedded server"),
                    e);
        }
    }

    @Override
    public synchronized CleanUp stop() {
        if (stopped.isEmpty()) {
            stopped = Optional.of(end());
        }
        return stopped.get();
    }

    private CleanUp end() {
        long begin = clock.nanos();
        CleanUp removed = remove(folder, clock);
        try {
            // Its process and its files are gone already; this gives back the library's lock on them.
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CleanUp(Duration.ofNanos(clock.nanos() - begin), removed.removed(), removed.leftovers());
    }

    /** Ends the server of a folder and deletes the folder, then looks whether both are gone. */
    static CleanUp remove(RunFolder folder, Clock clock) {
        long begin = clock.nanos();
        List<String> removed = new ArrayList<>();
        List<Problem> leftovers = new ArrayList<>();
        try {
            Optional<Postmaster> postmaster = Postmaster.of(folder.data());
            if (postmaster.isPresent()) {
                String name =
                        "embedded server, process " + postmaster.get().process().pid();
                if (postmaster.get().stop(CleanUp.LIMIT.minusSeconds(2))) {
                    removed.add(name);
                } else {
                    leftovers.add(
                            new Problem(name + " does not end", "end it by hand; its data is in " + folder.data()));
                }
            }
            if (leftovers.isEmpty()) {
                folder.delete();
                removed.add("run folder " + folder.path());
            }
        } catch (IOException e) {
            leftovers.add(new Problem("run folder " + folder.path() + " cannot be removed: " + e, "delete it by hand"));
        }
        return new CleanUp(Duration.ofNanos(clock.nanos() - begin), removed, leftovers);
    }

    private static String lastWords(RunFolder folder) {
        try {
            List<String> lines = Files.readAllLines(folder.serverLog());
            return "; the server said: "
                    + String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException e) {
            return "; the server's log cannot be read: " + e;
        }
    }
}
