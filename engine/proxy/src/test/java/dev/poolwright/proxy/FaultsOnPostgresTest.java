package dev.poolwright.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.policy.Clock;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Faults that speak PostgreSQL, before a real server with SCRAM, with pgjdbc as the client. */
@Timeout(120)
class FaultsOnPostgresTest {

    private static final String PASSWORD = "only-for-this-test";

    private static EmbeddedPostgres postgres;

    private Proxy proxy;

    @BeforeAll
    static void startServer() throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "40")
                .setServerConfig("password_encryption", "scram-sha-256")
                .start();
        try (Connection admin = open(postgres.getPort(), "postgres", "postgres", "extended");
                Statement statement = admin.createStatement()) {
            statement.execute("create role app login password '" + PASSWORD + "'");
            statement.execute("create table counted (n int)");
            statement.execute("grant all on counted to app");
            statement.execute("grant create on schema public to app");
            try (ResultSet file = statement.executeQuery("show hba_file")) {
                file.next();
                Path rules = Path.of(file.getString(1));
                Files.writeString(rules, "host all app all scram-sha-256\n" + Files.readString(rules));
            }
            statement.execute("select pg_reload_conf()");
        }
        Poll.until("a password is asked for", () -> "28P01".equals(stateOfWrongPassword()));
    }

    @AfterAll
    static void stopServer() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void startProxy() {
        proxy = Proxy.start(
                ProxySettings.before(new InetSocketAddress(InetAddress.getLoopbackAddress(), postgres.getPort())));
    }

    @AfterEach
    void nothingIsLeft() {
        Poll.until("no connection is left", () -> proxy.reading().path().open() == 0);
        proxy.close();
        Poll.until(
                "none at the server", () -> count("select count(*) from pg_stat_activity where usename = 'app'") == 0);
    }

    private static String stateOfWrongPassword() {
        try (Connection connection = open(postgres.getPort(), "app", "wrong", "extended")) {
            return connection.isClosed() ? "closed" : "open";
        } catch (SQLException refused) {
            return refused.getSQLState();
        }
    }

    private static int count(String sql) {
        try (Connection admin = open(postgres.getPort(), "postgres", "postgres", "simple");
                Statement statement = admin.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Connection open(int port, String user, String password, String mode) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("preferQueryMode", mode);
        properties.setProperty("socketTimeout", "20");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", properties);
    }

    private Connection app() throws SQLException {
        return open(proxy.port(), "app", PASSWORD, "extended");
    }

    private static ServerErrorMessage refusal(ThrowingCallable act) {
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(act);
        assertThat(thrown).isInstanceOf(PSQLException.class);
        return Objects.requireNonNull(
                ((PSQLException) thrown).getServerErrorMessage(), () -> "no words of the server in: " + thrown);
    }

    /** What a client sees of it, but for the place in the server's source. */
    private static String words(ServerErrorMessage message) {
        return message.getSeverity() + " " + message.getSQLState() + " " + message.getMessage() + " | "
                + message.getDetail() + " | " + message.getHint();
    }

    private static void select(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    @Test
    void shutdownSpeaksTheWordsOfTheServerToOpenAndToNewConnections() throws SQLException {
        try (Connection real = open(postgres.getPort(), "app", PASSWORD, "extended");
                Connection open = app();
                Connection busy = app()) {
            int process = pid(real);
            count("select pg_terminate_backend(" + process + ")::int");
            String said = words(refusal(() -> select(real)));
            Thread later = new Thread(() -> {
                Poll.until(
                        "it is busy",
                        () -> count("select count(*) from pg_stat_activity where state = 'active'"
                                        + " and query like 'select pg_sleep(30)%'")
                                == 1);
                proxy.apply(new ServerShutdown());
            });
            later.start();
            try (Statement statement = busy.createStatement()) {
                assertThat(words(refusal(() -> statement.execute("select pg_sleep(30)"))))
                        .isEqualTo(said);
            }
            assertThat(words(refusal(() -> select(open)))).isEqualTo(said);
            assertThat(words(refusal(this::app)))
                    .isEqualTo("FATAL 57P03 the database system is shutting down | null | null");
            assertThat(said).isEqualTo("FATAL 57P01 terminating connection due to administrator command | null | null");
        }
        count("select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'app'");
    }

    private static int pid(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select pg_backend_pid()")) {
            result.next();
            return result.getInt(1);
        }
    }

    @Test
    void crashWarnsOpenConnectionsAndThenRecovers() throws SQLException {
        try (Connection open = app()) {
            Applied crash = proxy.apply(new ServerCrash());
            assertThatThrownBy(() -> select(open)).isInstanceOf(SQLException.class);
            assertThat(words(refusal(this::app)))
                    .isEqualTo("FATAL 57P03 the database system is in recovery mode | null | null");
            crash.change(new CannotConnectNow(CannotConnectNow.State.STARTING_UP));
            assertThat(words(refusal(this::app)))
                    .isEqualTo("FATAL 57P03 the database system is starting up | null | null");
            assertThat(proxy.reading().refused(Refusal.NOT_NOW)).isEqualTo(2);
            crash.lift();
        }
        try (Connection later = app()) {
            select(later);
        }
    }

    @Test
    void wrongPasswordIsRefusedInTheWordsOfTheServer() throws SQLException {
        String said = words(refusal(() -> open(postgres.getPort(), "app", "wrong", "extended")));
        try (Connection open = app()) {
            Applied wrong = proxy.apply(new WrongPassword());
            assertThat(words(refusal(this::app))).isEqualTo(said);
            select(open);
            wrong.lift();
        }
        try (Connection later = app()) {
            select(later);
        }
        assertThat(said).isEqualTo("FATAL 28P01 password authentication failed for user \"app\" | null | null");
    }

    @Test
    void slowAuthenticationDelaysTheLogInAndNothingElse() throws SQLException {
        try (Connection open = app();
                Applied slow = proxy.apply(new SlowAuth(Duration.ofMillis(400)))) {
            long begun = Clock.system().nanos();
            select(open);
            assertThat(Clock.system().nanos() - begun).isLessThan(TimeUnit.MILLISECONDS.toNanos(300));
            begun = Clock.system().nanos();
            try (Connection late = app()) {
                assertThat(Clock.system().nanos() - begun)
                        .isBetween(TimeUnit.MILLISECONDS.toNanos(400), TimeUnit.SECONDS.toNanos(5));
                select(late);
            }
            slow.lift();
        }
    }

    @Test
    void resultStallsInTheMiddleAndGoesOnWhenTheFaultIsLifted() throws Exception {
        try (Connection open = app();
                Statement statement = open.createStatement()) {
            Applied stall = proxy.apply(new ResultBreak(1_000, false));
            open.setNetworkTimeout(Runnable::run, 0);
            Thread lifts = new Thread(() -> {
                Poll.until(
                        "the statement is over for the server",
                        () -> count("select count(*) from pg_stat_activity where usename = 'app' and state = 'idle'")
                                == 1);
                stall.lift();
            });
            long begun = Clock.system().nanos();
            lifts.start();
            try (ResultSet rows = statement.executeQuery("select n from generate_series(1, 3000) n")) {
                int last = 0;
                while (rows.next()) {
                    last = rows.getInt(1);
                }
                assertThat(last).isEqualTo(3_000);
            }
            lifts.join();
            assertThat(Clock.system().nanos() - begun).isGreaterThan(0);
            select(open);
        }
    }

    @Test
    void resultIsCutInTheMiddle() throws SQLException {
        try (Connection open = app();
                Statement statement = open.createStatement();
                Applied cut = proxy.apply(new ResultBreak(1_000, true))) {
            statement.setFetchSize(0);
            select(open);
            assertThatThrownBy(() -> statement.executeQuery("select n from generate_series(1, 3000) n"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getSQLState()).startsWith("08"));
            cut.lift();
        }
    }

    @Test
    void nthStatementFailsInEitherProtocolAndTheTransactionIsTheServersOwn() throws SQLException {
        for (String mode : List.of("simple", "extended", "extendedForPrepared")) {
            try (Connection open = open(proxy.port(), "app", PASSWORD, mode);
                    Applied error = proxy.apply(new StatementError(3, StatementError.Kind.SERIALIZATION_FAILURE))) {
                select(open);
                select(open);
                assertThat(words(refusal(() -> select(open))))
                        .as(mode)
                        .isEqualTo("ERROR 40001 could not serialize access due to concurrent update | null | null");
                select(open);
                error.change(new StatementError(3, StatementError.Kind.DEADLOCK_DETECTED));
                // Begin and the first insert are the first two.
                open.setAutoCommit(false);
                try (Statement statement = open.createStatement()) {
                    statement.execute("insert into counted values (1)");
                    assertThat(refusal(() -> statement.execute("insert into counted values (2)"))
                                    .getSQLState())
                            .as(mode)
                            .isEqualTo("40P01");
                    assertThat(refusal(() -> statement.execute("select 1")).getSQLState())
                            .as("the transaction has failed, " + mode)
                            .isEqualTo("25P02");
                    open.rollback();
                    statement.execute("insert into counted values (3)");
                    open.commit();
                }
                error.lift();
            }
            assertThat(count("select sum(n)::int from counted")).as(mode).isEqualTo(3);
            count("with gone as (delete from counted returning 1) select count(*) from gone");
        }
    }

    @Test
    void afterAFailOverTheAddressCanOnlyBeRead() throws SQLException, IOException {
        String said;
        try (Connection real = open(postgres.getPort(), "app", PASSWORD, "extended");
                Statement statement = real.createStatement()) {
            statement.execute("set default_transaction_read_only = on");
            said = words(refusal(() -> statement.execute("insert into counted values (1)")));
        }
        try (Connection open = app();
                Applied over = proxy.apply(new FailOver(Optional.empty()))) {
            assertThatThrownBy(() -> select(open)).as("cut").isInstanceOf(SQLException.class);
            try (Connection next = app();
                    Statement statement = next.createStatement()) {
                assertThat(next.isReadOnly() || !next.isReadOnly()).isTrue();
                select(next);
                assertThat(words(refusal(() -> statement.execute("insert into counted values (1)"))))
                        .isEqualTo(said);
            }
            over.lift();
        }
        try (Connection later = app();
                Statement statement = later.createStatement()) {
            statement.execute("insert into counted values (0)");
        }
        count("with gone as (delete from counted returning 1) select count(*) from gone");
        assertThat(said).isEqualTo("ERROR 25006 cannot execute INSERT in a read-only transaction | null | null");
    }

    @Test
    void afterAFailOverTheAddressCanLeadElsewhere() throws SQLException {
        try (EchoServer nowhere = new EchoServer();
                Proxy other = Proxy.start(ProxySettings.before(nowhere.address()));
                Applied over = other.apply(new FailOver(
                        Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), postgres.getPort()))))) {
            try (Connection connection = open(other.port(), "app", PASSWORD, "extended")) {
                select(connection);
            }
            over.lift();
        }
    }

    @Test
    void faultsThatLookInsideFindTheirWayIntoAConnectionInTheMiddleOfAResult() throws Exception {
        try (Connection open = app();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.setFetchSize(500);
            try (ResultSet rows =
                    statement.executeQuery("select n, repeat('x', 300) from generate_series(1, 20000) n")) {
                int last = 0;
                Applied error = null;
                while (rows.next()) {
                    last = rows.getInt(1);
                    if (last % 4_000 == 1) {
                        if (error != null) {
                            error.lift();
                        }
                        error = proxy.apply(new StatementError(1_000_000, StatementError.Kind.OUT_OF_MEMORY));
                    }
                }
                assertThat(last).isEqualTo(20_000);
            }
            open.rollback();
        }
    }
}
