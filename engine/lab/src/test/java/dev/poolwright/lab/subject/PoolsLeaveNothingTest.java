package dev.poolwright.lab.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Failed connects, failed statements, killed backends and disposed pools: 1,000 failures and 100 disposes, and afterwards the
 * server's connections, this process's sockets and its threads are as many as before.
 */
@Timeout(180)
@EnabledOnOs(OS.LINUX)
class PoolsLeaveNothingTest {

    private static final int ROUNDS = 100;
    private static final int FAILED_SESSIONS = 7;
    private static final int KILLED_BACKENDS = 3;
    private static final int FAILURES_IN_A_ROUND = FAILED_SESSIONS + KILLED_BACKENDS;
    private static final int ROUNDS_FOR_A_FAILED_CONNECT = 10;
    private static final Duration BACK_WITHIN = Duration.ofSeconds(20);

    private static TestServer server;

    /** What is disposed. */
    enum Library {
        HIKARI,
        OVERFLOW
    }

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void after1000FailuresAnd100DisposesEverythingIsAsBefore(Library library) throws Exception {
        String name = "leaves-nothing-" + library;
        // Once before the baseline: what a library keeps for the life of the process is no leak.
        round(library, name);
        failedConnect(library, name);
        server.awaitConnections(name, 0);
        Held before = Held.now();

        int failures = 0;
        for (int round = 0; round < ROUNDS; round++) {
            failures += round(library, name);
            // HikariCP waits a second before it gives a first connect up, so these are fewer.
            failures += round % ROUNDS_FOR_A_FAILED_CONNECT == 0 ? failedConnect(library, name) : 0;
        }

        assertThat(failures).isEqualTo(ROUNDS * FAILURES_IN_A_ROUND + ROUNDS / ROUNDS_FOR_A_FAILED_CONNECT);
        server.awaitConnections(name, 0);
        Polling.until(() -> Held.now().isAtMost(before), BACK_WITHIN);
    }

    /** One pool's life: failed sessions, killed backends, one dispose. */
    private static int round(Library library, String name) throws Exception {
        int failed = 0;
        try (PoolSubject pool = pool(library, server.jdbcUrl(), name)) {
            for (int i = 0; i < FAILED_SESSIONS; i++) {
                failed += failedSession(pool);
            }
            for (int i = 0; i < KILLED_BACKENDS; i++) {
                failed += killedBackend(pool);
            }
        }
        return failed;
    }

    private static int failedConnect(Library library, String name) throws IOException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
        try (PoolSubject pool = pool(library, "jdbc:postgresql://127.0.0.1:" + nobody + "/postgres", name);
                Connection unexpected = pool.dataSource().getConnection()) {
            throw new AssertionError("connected to nobody: " + unexpected);
        } catch (SQLException | RuntimeException refused) {
            return 1;
        }
    }

    private static int failedSession(PoolSubject pool) {
        try (Connection connection = pool.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select * from no_such_table");
            return 0;
        } catch (SQLException noSuchTable) {
            return 1;
        }
    }

    private static int killedBackend(PoolSubject pool) {
        try (Connection connection = pool.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pg_backend_pid())");
            return 0;
        } catch (SQLException cut) {
            return 1;
        }
    }

    private static PoolSubject pool(Library library, String url, String name) {
        PoolSettings settings = PoolSettings.of(2, 0, Duration.ofSeconds(5)).withConnectTimeout(Duration.ofSeconds(2));
        return library == Library.HIKARI
                ? Subjects.hikari(settings, url, TestServer.USER, TestServer.PASSWORD, name)
                : Subjects.overflow(settings, url, TestServer.USER, TestServer.PASSWORD, name);
    }

    /** What this process holds of what a pool could leave. */
    private record Held(long sockets, long threads) {

        static Held now() {
            return new Held(openSockets(), Thread.getAllStackTraces().size());
        }

        boolean isAtMost(Held before) {
            return sockets <= before.sockets && threads <= before.threads;
        }

        private static long openSockets() {
            try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
                return descriptors.filter(Held::isSocket).count();
            } catch (IOException e) {
                throw new IllegalStateException("the process's own descriptors cannot be read", e);
            }
        }

        private static boolean isSocket(Path descriptor) {
            try {
                return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
            } catch (IOException closedMeanwhile) {
                return false;
            }
        }
    }
}
