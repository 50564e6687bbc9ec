package dev.poolwright.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The proxy before a real server of eight connections, three of them reserved, with pgjdbc as the client. */
class PostgresTest {

    private static final int MAXIMUM = 8;
    private static final int RESERVED = 3;
    private static final int VERSION = 17;

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void startServer() throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", String.valueOf(MAXIMUM))
                .setServerConfig("superuser_reserved_connections", String.valueOf(RESERVED))
                .setServerConfig("max_wal_senders", "0")
                .setServerConfig("password_encryption", "scram-sha-256")
                .start();
        java.nio.file.Path rules;
        try (Connection admin = open(postgres.getPort(), "postgres", "postgres");
                Statement statement = admin.createStatement()) {
            statement.execute("create role app login password 'only-for-this-test'");
            try (ResultSet file = statement.executeQuery("show hba_file")) {
                file.next();
                rules = java.nio.file.Path.of(file.getString(1));
            }
            java.nio.file.Files.writeString(
                    rules, "host all app all scram-sha-256\n" + java.nio.file.Files.readString(rules));
            statement.execute("select pg_reload_conf()");
        }
        Poll.until("a password is asked for", PostgresTest::wrongPasswordIsRefused);
    }

    @AfterAll
    static void stopServer() throws IOException {
        postgres.close();
    }

    private static boolean wrongPasswordIsRefused() {
        try (Connection connection = open(postgres.getPort(), "app", "wrong")) {
            return !connection.isValid(1);
        } catch (SQLException refused) {
            return "28P01".equals(refused.getSQLState());
        }
    }

    private static Connection open(int port, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("loginTimeout", "20");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", properties);
    }

    private static Connection app(int port) throws SQLException {
        return open(port, "app", "only-for-this-test");
    }

    private static ProxySettings settings() {
        return ProxySettings.before(new InetSocketAddress(InetAddress.getLoopbackAddress(), postgres.getPort()));
    }

    /** Message and SQLSTATE of the first refusal, and how many connections came before it. */
    private static String fill(int port, String user) throws SQLException {
        List<Connection> held = new ArrayList<>();
        try {
            for (int i = 0; i <= MAXIMUM; i++) {
                held.add("app".equals(user) ? app(port) : open(port, user, "postgres"));
            }
            return "never refused";
        } catch (SQLException refusal) {
            return held.size() + " held: " + refusal.getSQLState() + " " + refusal.getMessage();
        } finally {
            for (Connection connection : held) {
                connection.close();
            }
            Poll.until("the server has let go", PostgresTest::serverIsEmpty);
        }
    }

    private static boolean serverIsEmpty() {
        try (Connection admin = open(postgres.getPort(), "postgres", "postgres");
                Statement statement = admin.createStatement();
                ResultSet count = statement.executeQuery(
                        "select count(*) from pg_stat_activity where backend_type = 'client backend'")) {
            count.next();
            return count.getInt(1) == 1;
        } catch (SQLException full) {
            return false;
        }
    }

    @Test
    void scramAndACancelledQueryPassThrough() throws SQLException {
        try (Proxy proxy = Proxy.start(settings());
                Connection connection = app(proxy.port());
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute("select pg_sleep(60)"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getSQLState()).isEqualTo("57014"));
            assertThat(connection.isValid(5)).isTrue();
            ProxyReading reading = proxy.reading();
            assertThat(reading.cancels()).isEqualTo(1);
            assertThat(reading.path().open()).isEqualTo(1);
            assertThatThrownBy(() -> open(proxy.port(), "app", "wrong"))
                    .as("the server does check the password")
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void refusalIsWordForWordThatOfTheRealServerWhenOnlyReservedSlotsAreLeft() throws SQLException {
        String real = fill(postgres.getPort(), "app");
        assertThat(real)
                .isEqualTo("5 held: 53300 FATAL: remaining connection slots are reserved for roles with the SUPERUSER"
                        + " attribute");
        try (Proxy proxy = Proxy.start(settings());
                Applied full = proxy.apply(new ServerFull(MAXIMUM - 1, RESERVED, 0, VERSION))) {
            assertThat(fill(proxy.port(), "app")).isEqualTo(real.replace("5 held", "4 held"));
            assertThat(proxy.reading().refused(Refusal.SERVER)).isEqualTo(1);
            full.lift();
            assertThat(fill(proxy.port(), "app")).as("now the real one refuses").isEqualTo(real);
        }
    }

    @Test
    void refusalIsWordForWordThatOfTheRealServerWhenNoSlotIsLeft() throws SQLException {
        String real = fill(postgres.getPort(), "postgres");
        assertThat(real).isEqualTo("8 held: 53300 FATAL: sorry, too many clients already");
        try (Proxy proxy = Proxy.start(settings());
                Applied full = proxy.apply(new ServerFull(MAXIMUM, 0, 2, VERSION))) {
            assertThat(fill(proxy.port(), "postgres")).isEqualTo(real.replace("8 held", "6 held"));
            full.lift();
        }
    }

    @Test
    void serversTo15SpeakOfNonReplicationSuperusers() {
        assertThat(new ServerFull(100, 3, 97, 15).refusal(0).map(ServerMessage::message))
                .hasValue("remaining connection slots are reserved for non-replication superuser connections");
        assertThat(new ServerFull(100, 3, 96, 15).refusal(0)).isEmpty();
        assertThat(new ServerFull(100, 3, 96, 15).refusal(4).map(ServerMessage::message))
                .hasValue("sorry, too many clients already");
    }

    @Test
    void fourthPgjdbcConnectWaitsAtACapOfThree() throws Exception {
        try (Proxy proxy = Proxy.start(settings())) {
            Applied cap = proxy.apply(new PathCap(3, Duration.ofMillis(50)));
            List<Connection> three = List.of(app(proxy.port()), app(proxy.port()), app(proxy.port()));
            Thread fourth = new Thread(() -> {
                try (Connection connection = app(proxy.port())) {
                    connection.isValid(5);
                } catch (SQLException failure) {
                    throw new IllegalStateException(failure);
                }
            });
            fourth.start();
            Poll.until("one waits", () -> proxy.reading().path().waiting() == 1);
            cap.lift();
            fourth.join(20_000);
            assertThat(fourth.isAlive()).isFalse();
            for (Connection connection : three) {
                connection.close();
            }
            Poll.until("nothing is open", () -> proxy.reading().path().open() == 0);
            assertThat(proxy.reading().accepted()).isEqualTo(4);
        }
    }
}
