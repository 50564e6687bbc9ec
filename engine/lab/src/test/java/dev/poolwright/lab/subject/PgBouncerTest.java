package dev.poolwright.lab.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pool, a PgBouncer and a server, all real. */
@RequiresPgBouncer
@Timeout(60)
class PgBouncerTest {

    private static TestServer server;

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
    void everyLibraryWorksThroughItInTransactionMode(PoolLibrary library) throws Exception {
        try (PgBouncer bouncer = PgBouncer.start(settings(PgBouncer.Mode.TRANSACTION, 2), login("bouncer"));
                Subject subject = Subjects.of(
                        library,
                        PoolSettings.of(4, 0, Duration.ofSeconds(10)),
                        through(bouncer, "behind-" + library.text()))) {
            Borrower borrower = Borrower.of(subject);
            List<Borrower.Held> held = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                held.add(borrower.borrow());
            }
            // Four clients, each with a transaction of its own now and then: two server connections are enough.
            for (int round = 0; round < 10; round++) {
                for (Borrower.Held one : held) {
                    assertThat(one.number("select 1")).isEqualTo(1);
                }
            }
            assertThat(server.connections("behind-" + library.text())).isBetween(1L, 2L);
            for (Borrower.Held one : held) {
                one.giveBack();
            }
        }
        server.awaitConnections("behind-" + library.text(), 0);
    }

    @Test
    void aSessionKeepsItsServerConnectionInSessionMode() throws Exception {
        try (PgBouncer bouncer = PgBouncer.start(settings(PgBouncer.Mode.SESSION, 1), login("bouncer"));
                Subject first = Subjects.of(PoolLibrary.OVERFLOW, one(), through(bouncer, "session-one"));
                Subject second = Subjects.of(PoolLibrary.OVERFLOW, one(), through(bouncer, "session-two"))) {
            Borrower.Held held = Borrower.of(first).borrow();
            assertThat(held.number("select 1")).isEqualTo(1);
            held.giveBack();
            // The first pool keeps its connection, and with it the only one to the server.
            assertThatThrownBy(() -> Borrower.of(second).borrow()).hasMessageContaining("query_wait_timeout");
        }
    }

    @Test
    void nothingOfItIsLeft() throws Exception {
        int before = folders();
        PgBouncer bouncer = PgBouncer.start(settings(PgBouncer.Mode.TRANSACTION, 1), login("bouncer"));
        assertThat(folders()).isEqualTo(before + 1);
        bouncer.close();
        bouncer.close();
        assertThat(bouncer.isAlive()).isFalse();
        assertThat(folders()).isEqualTo(before);
    }

    private static int folders() throws Exception {
        try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return (int) entries.filter(entry -> entry.getFileName().toString().startsWith("poolwright-pgbouncer-"))
                    .count();
        }
    }

    private static PgBouncer.Settings settings(PgBouncer.Mode mode, int size) {
        return new PgBouncer.Settings(mode, size, 0, 100, Duration.ofSeconds(1));
    }

    private static PoolSettings one() {
        return PoolSettings.of(1, 0, Duration.ofSeconds(10));
    }

    private static Login login(String application) {
        return new Login(server.jdbcUrl(), TestServer.USER, TestServer.PASSWORD, application);
    }

    private static Login through(PgBouncer bouncer, String application) {
        String url = "jdbc:postgresql://127.0.0.1:" + bouncer.port() + "/postgres?prepareThreshold=0";
        return new Login(url, TestServer.USER, TestServer.PASSWORD, application);
    }
}
