package dev.poolwright.lab.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where a PostgreSQL database is and who asks for it. Prints its password as {@code ***} only. Immutable.
 *
 * @param host a name or an address, an IPv6 one without brackets
 * @param port 1 to 65535
 * @param user who logs in
 * @param password empty: the server is asked without one
 * @param options further settings of the driver, by the driver's names (sslmode, currentSchema …)
 */
public record DatabaseUrl(
        String host, int port, String database, String user, Optional<Secret> password, Map<String, String> options) {

    public DatabaseUrl {
        if (host.isBlank() || database.isBlank() || user.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "a database URL names a host, a port from 1 to 65535 (port = " + port + "), a database and a user");
        }
        options = Map.copyOf(options);
    }

    /**
     * Reads {@code postgresql://user:password@host:port/database?sslmode=…} or {@code jdbc:postgresql://…}. What the
     * text leaves out comes from PGUSER, PGPASSWORD and the file PGPASSFILE names.
     *
     * @throws ServerRefusal with everything that is wrong in the text; it never repeats the text
     */
    public static DatabaseUrl parse(String text, Map<String, String> environment) {
        return new DatabaseUrlParser(text, environment).parse();
    }

    DatabaseUrl inDatabase(String name) {
        return new DatabaseUrl(host, port, name, user, password, options);
    }

    DatabaseUrl as(String name, Secret secret) {
        return new DatabaseUrl(host, port, database, name, Optional.of(secret), options);
    }

    DatabaseUrl inSchema(String name) {
        SortedMap<String, String> more = new TreeMap<>(options);
        more.put("currentSchema", name);
        return new DatabaseUrl(host, port, database, user, password, more);
    }

    /** For {@link DriverManager} and pools: without user and password, which {@link #properties} holds. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + bracketed() + ":" + port + "/" + encoded(database);
    }

    /** User, password and options, as the driver names them, and the name the sessions carry on the server. */
    public Properties properties(String applicationName) {
        Properties properties = new Properties();
        properties.putAll(options);
        properties.setProperty("user", user);
        password.ifPresent(secret -> properties.setProperty("password", secret.reveal()));
        properties.setProperty("ApplicationName", applicationName);
        return properties;
    }

    /** For programs in any language, in the form of libpq. It holds the password: hand it over, never print it. */
    public String revealedUrl() {
        return url(password.map(secret -> ":" + encoded(secret.reveal())).orElse(""));
    }

    /**
     * One session, opened within the limit or not at all.
     *
     * @param limit whole seconds, rounded up
     */
    Connection open(String applicationName, Duration limit) throws SQLException {
        Properties properties = properties(applicationName);
        String seconds = Long.toString(Math.max(1, limit.plusMillis(999).toSeconds()));
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("loginTimeout", seconds);
        return DriverManager.getConnection(jdbcUrl(), properties);
    }

    private String url(String secretPart) {
        SortedMap<String, String> libpq = new TreeMap<>(options);
        String schema = libpq.remove("currentSchema");
        if (schema != null) {
            libpq.put("options", "-csearch_path=" + schema);
        }
        String query = libpq.entrySet().stream()
                .map(entry -> DatabaseUrlParser.nameInLibpq(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        return "postgresql://" + encoded(user) + secretPart + "@" + bracketed() + ":" + port + "/" + encoded(database)
                + (query.isEmpty() ? "" : "?" + query);
    }

    private String bracketed() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return url(password.isPresent() ? ":***" : "");
    }
}
