package dev.poolwright.lab.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Both Java pools on a real server. */
@Timeout(120)
class SubjectsOnPostgresTest {
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void overflowPoolOpensUpToItsCeilingAndKeepsItsSize() throws SQLException {
        try (PoolSubject pool = overflow(PoolSettings.of(2, 3, Duration.ofMillis(100)), "ceiling")) {
            List<Connection> lent = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                lent.add(pool.dataSource().getConnection());
            }
            assertThat(pool.counts()).isEqualTo(new Counts(5, 5, 0));
            assertThat(server.connections("ceiling")).isEqualTo(5);
            assertThatThrownBy(() -> pool.dataSource().getConnection())
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessage("QueuePool limit of size 2 overflow 3 reached, connection timed out, timeout 0.10");
            for (Connection connection : lent) {
                connection.close();
            }
            assertThat(pool.counts()).isEqualTo(new Counts(0, 2, 0));
            server.awaitConnections("ceiling", 2);
        }
        server.awaitConnections("ceiling", 0);
    }

    @Test
    void whatABorrowerLeavesOpenIsRolledBack() throws SQLException {
        try (PoolSubject pool = overflow(PoolSettings.of(1, 0, Duration.ofSeconds(1)), "reset")) {
            try (Connection connection = pool.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                connection.setReadOnly(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                statement.execute("insert into evidence values ('reset', '', 1)");
            }
            try (Connection connection = pool.dataSource().getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
            }
            assertThat(server.number("select count(*) from evidence where run = ?", "reset"))
                    .isZero();
        }
    }

    @Test
    void connectionsCutByTheServerAreReplacedTogether() throws SQLException {
        try (PoolSubject pool = overflow(PoolSettings.of(3, 0, Duration.ofSeconds(1)), "cut")) {
            List<Connection> lent = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                lent.add(pool.dataSource().getConnection());
            }
            for (Connection connection : lent) {
                connection.close();
            }
            server.number(
                    "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = ?", "cut");
            server.awaitConnections("cut", 0);
            // Without a ping the first borrower meets the cut; nobody after it does.
            Connection unlucky = pool.dataSource().getConnection();
            assertThatThrownBy(() -> one(unlucky)).isInstanceOf(SQLException.class);
            unlucky.close();
            for (int i = 0; i < 6; i++) {
                try (Connection connection = pool.dataSource().getConnection()) {
                    assertThat(one(connection)).isEqualTo(1);
                }
            }
        }
        server.awaitConnections("cut", 0);
    }

    @Test
    void hikariIsLoadedByTheSameInterface() throws SQLException {
        try (PoolSubject pool = Subjects.hikari(
                PoolSettings.of(2, 0, Duration.ofMillis(300)),
                server.jdbcUrl(),
                TestServer.USER,
                TestServer.PASSWORD,
                "hikari")) {
            try (Connection first = pool.dataSource().getConnection();
                    Connection second = pool.dataSource().getConnection()) {
                assertThat(one(first) + one(second)).isEqualTo(2);
                assertThat(pool.counts()).isEqualTo(new Counts(2, 2, 0));
                assertThatThrownBy(() -> pool.dataSource().getConnection())
                        .hasMessageMatching("hikari - Connection is not available, request timed out after \\d+ms"
                                + " \\(total=2, active=2, idle=0, waiting=0\\)");
            }
            assertThat(server.connections("hikari")).isEqualTo(2);
        }
        server.awaitConnections("hikari", 0);
    }

    private static PoolSubject overflow(PoolSettings settings, String name) {
        return Subjects.overflow(settings, server.jdbcUrl(), TestServer.USER, TestServer.PASSWORD, name);
    }

    private static int one(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
