package dev.poolwright.lab.subject;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A real PostgreSQL for a test class, with a table for the evidence and a role that has a password. */
final class TestServer implements AutoCloseable {
    static final String USER = "tester";
    static final String PASSWORD = "s3cret-of-the-test";

    private final EmbeddedPostgres server;

    TestServer() throws IOException, SQLException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "60")
                .setServerConfig("fsync", "off")
                .start();
        execute("create role " + USER + " login superuser password '" + PASSWORD + "'");
        execute("create table evidence (run text not null, stream text not null, sequence bigint not null)");
    }

    URI url() {
        return URI.create("postgresql://" + USER + ":" + PASSWORD + "@127.0.0.1:" + server.getPort() + "/postgres");
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String sql, String argument) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, argument);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    long connections(String applicationName) {
        try {
            return number("select count(*) from pg_stat_activity where application_name = ?", applicationName);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void awaitConnections(String applicationName, long expected) {
        Polling.until(() -> connections(applicationName) == expected, Duration.ofSeconds(20));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
