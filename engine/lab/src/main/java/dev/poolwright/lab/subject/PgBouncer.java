package dev.poolwright.lab.subject;

import dev.poolwright.policy.Clock;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PgBouncer of its own, between a pool and its server: on a free port of this machine, with a configuration made for it,
 * ended and removed when it is closed. Thread-safe.
 */
public final class PgBouncer implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 20;
    private static final long GRACE_MILLIS = 2_000;

    /** It refuses to run as root, and then takes this account. */
    private static final String UNPRIVILEGED = "nobody";

    private final Path folder;
    private final Process process;
    private final int port;

    private PgBouncer(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /** The program, where it is installed. */
    public static Optional<Path> program() {
        String path = String.valueOf(System.getenv("PATH")) + File.pathSeparator + "/usr/sbin";
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(one -> !one.isEmpty())
                .map(one -> Path.of(one, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * How it pools.
     *
     * @param mode session or transaction
     * @param poolSize server connections for a pair of database and user ({@code default_pool_size})
     * @param reserve further ones for clients that wait ({@code reserve_pool_size}); 0 for none
     * @param clients it takes at most ({@code max_client_conn})
     * @param queryWait a client that waits longer for a server connection is cut off ({@code query_wait_timeout}); whole
     *     seconds, {@link PoolSettings#FOREVER} for no limit
     */
    public record Settings(Mode mode, int poolSize, int reserve, int clients, Duration queryWait) {
        public Settings {
            if (poolSize < 1 || reserve < 0 || clients < 1) {
                throw new IllegalArgumentException("PgBouncer: pool size = " + poolSize + ", reserve = " + reserve
                        + ", clients = " + clients + ": the reserve must be 0 or more, the others 1 or more");
            }
            if (queryWait.isNegative() || queryWait.isZero()) {
                throw new IllegalArgumentException(
                        "PgBouncer: query wait = " + queryWait + ": must be longer than zero; no limit is FOREVER");
            }
        }

        /** It counts whole seconds; 0 is "no limit" there, so a shorter wait becomes 1. */
        private long queryWaitSeconds() {
            return queryWait.equals(PoolSettings.FOREVER) ? 0 : Math.max(1, queryWait.toSeconds());
        }
    }

    /** When a server connection goes back to the pool. */
    public enum Mode {
        SESSION,
        TRANSACTION
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param login to the server; clients log in to it with the same user and password
     * @throws IOException when it is not installed, or does not come up; its last lines are told
     */
    public static PgBouncer start(Settings settings, Login login) throws IOException, InterruptedException {
        Path program = program()
                .orElseThrow(
                        () -> new IOException("pgbouncer is not installed here; on Debian: apt-get install pgbouncer"));
        Path folder = Files.createTempDirectory("poolwright-pgbouncer-");
        boolean up = false;
        Process process = null;
        try {
            int port = freePort();
            write(folder, settings, login, port);
            process = launch(program, folder);
            PgBouncer started = new PgBouncer(folder, process, port);
            started.awaitUp();
            up = true;
            return started;
        } finally {
            if (!up) {
                if (process != null) {
                    process.destroyForcibly();
                }
                remove(folder);
            }
        }
    }

    private static void write(Path folder, Settings settings, Login login, int port) throws IOException {
        Path users = folder.resolve("users.txt");
        List<String> lines = new ArrayList<>(List.of(
                "[databases]",
                login.database() + " = host=" + login.host() + " port=" + login.port() + " dbname=" + login.database(),
                "[pgbouncer]",
                "listen_addr = 127.0.0.1",
                "listen_port = " + port,
                "unix_socket_dir =",
                "auth_type = scram-sha-256",
                "auth_file = " + users,
                "pool_mode = " + settings.mode().name().toLowerCase(Locale.ROOT),
                "default_pool_size = " + settings.poolSize(),
                "reserve_pool_size = " + settings.reserve(),
                "max_client_conn = " + settings.clients(),
                "query_wait_timeout = " + settings.queryWaitSeconds(),
                "ignore_startup_parameters = extra_float_digits,search_path",
                "server_tls_sslmode = disable"));
        Files.write(folder.resolve("pgbouncer.ini"), lines);
        Files.writeString(users, "\"" + quoted(login.user()) + "\" \"" + quoted(login.password()) + "\"\n");
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-------"));
        if (isRoot()) {
            UserPrincipal owner =
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(UNPRIVILEGED);
            Files.setOwner(users, owner);
            Files.setOwner(folder, owner);
        }
    }

    private static String quoted(String text) {
        return text.replace("\"", "\"\"");
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static Process launch(Path program, Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        if (isRoot()) {
            command.addAll(List.of("-u", UNPRIVILEGED));
        }
        command.add(folder.resolve("pgbouncer.ini").toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
    }

    private void awaitUp() throws IOException, InterruptedException {
        Clock clock = Clock.system();
        long until = clock.nanos() + READY_WITHIN.toNanos();
        while (!answers()) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException("pgbouncer ended with " + process.exitValue() + ": " + output());
            }
            if (clock.nanos() > until) {
                throw new IOException("pgbouncer does not answer within " + READY_WITHIN + ": " + output());
            }
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output.log")).strip();
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return port;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it and removes its folder; doing it twice is harmless. Throws if it could not be ended. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS)
                    && !process.destroyForcibly().waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("pgbouncer with process number " + process.pid() + " cannot be ended");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        remove(folder);
    }

    private static void remove(Path folder) {
        for (String file : List.of("users.txt", "pgbouncer.ini", "output.log", "")) {
            try {
                Files.deleteIfExists(folder.resolve(file));
            } catch (IOException e) {
                throw new IllegalStateException(folder + " cannot be removed: " + e.getMessage(), e);
            }
        }
    }

    /** Free now; another program could take it before ours does, which then shows as not coming up. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
