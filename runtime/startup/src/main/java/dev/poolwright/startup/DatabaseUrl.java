package dev.poolwright.startup;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A database URL, built from its parts in the form that one driver understands. User, password and database are encoded, so
 * any character may stand in them. {@link #toString} shows user and password as {@code ***}; only {@link #reveal} does not.
 * Immutable; thread-safe.
 *
 * <pre>{@code
 * DatabaseUrl.tcp("db.internal", 5432, "shop").as("app", password).tls(Tls.VERIFY_FULL).reveal(Driver.PGJDBC)
 * }</pre>
 */
public final class DatabaseUrl {

    private static final int POSTGRES = 5432;
    private static final String CLOUD_SQL = "/cloudsql/";
    private static final String STARS = "***";

    private final Where where;
    private final String database;
    private final String user;
    private final String password;
    private final Tls tls;

    private DatabaseUrl(Where where, String database, String user, String password, Tls tls) {
        this.where = where;
        this.database = database;
        this.user = user;
        this.password = password;
        this.tls = tls;
    }

    /** Who reads the URL; each has its own form. */
    public enum Driver {
        /** SQLAlchemy with asyncpg. */
        ASYNCPG,
        /** SQLAlchemy with psycopg 3. */
        PSYCOPG,
        /** SQLAlchemy with psycopg2. */
        PSYCOPG2,
        /** JDBC. */
        PGJDBC,
        /** R2DBC. */
        R2DBC,
        /** libpq and whatever takes its URLs: psql, node-postgres, asyncpg without SQLAlchemy. */
        LIBPQ;

        /** In lower case, as on the command line. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is asked of the encryption between application and server. */
    public enum Tls {
        /** Nothing is said: the driver's default. */
        UNSAID,
        /** Encrypted; whoever answers is believed. */
        REQUIRE,
        /** Encrypted, and the server's certificate must be right and in its name. */
        VERIFY_FULL;

        private String word() {
            return this == REQUIRE ? "require" : "verify-full";
        }
    }

    private enum Kind {
        TCP,
        CLOUD_SQL,
        MEMORY
    }

    /**
     * @param host name or address; the instance {@code project:region:name} for Cloud SQL; empty in memory
     */
    private record Where(Kind kind, String host, int port) {}

    /**
     * A server reached over TCP.
     *
     * @param port from 1 to 65535
     * @throws IllegalArgumentException with everything that is wrong
     */
    public static DatabaseUrl tcp(String host, int port, String database) {
        List<String> wrong = new ArrayList<>();
        if (host.isBlank() || !host.matches("[A-Za-z0-9._:%-]+")) {
            wrong.add("host = " + host + ": must be a host name or an address");
        }
        if (port < 1 || port > 65_535) {
            wrong.add("port = " + port + ": must be from 1 to 65535");
        }
        needDatabase(database, wrong);
        refuse(wrong);
        return new DatabaseUrl(new Where(Kind.TCP, host, port), database, "", "", Tls.UNSAID);
    }

    /**
     * Cloud SQL through the socket that Cloud Run and the Auth Proxy provide ("Connect from Cloud Run").
     *
     * @param instance {@code project:region:name}
     * @throws IllegalArgumentException with everything that is wrong
     */
    public static DatabaseUrl cloudSql(String instance, String database) {
        List<String> wrong = new ArrayList<>();
        if (!instance.matches("[a-z0-9.:-]+:[a-z0-9-]+:[a-z0-9-]+")) {
            wrong.add("instance = " + instance + ": must be project:region:name");
        }
        needDatabase(database, wrong);
        refuse(wrong);
        return new DatabaseUrl(new Where(Kind.CLOUD_SQL, instance, POSTGRES), database, "", "", Tls.UNSAID);
    }

    /** A database in memory, for tests: SQLite for Python, H2 for the JVM. */
    public static DatabaseUrl memory() {
        return new DatabaseUrl(new Where(Kind.MEMORY, "", POSTGRES), "test", "", "", Tls.UNSAID);
    }

    /**
     * From POSTGRES_HOST, POSTGRES_PORT (5432), POSTGRES_DB, POSTGRES_USER and POSTGRES_PASSWORD; a host with
     * {@code /cloudsql/} in it is a Cloud SQL socket.
     *
     * @throws IllegalArgumentException with everything that is missing or wrong; it never repeats the password
     */
    public static DatabaseUrl fromEnvironment(Map<String, String> environment) {
        List<String> wrong = new ArrayList<>();
        String host = need("POSTGRES_HOST", environment, wrong);
        String database = need("POSTGRES_DB", environment, wrong);
        String user = need("POSTGRES_USER", environment, wrong);
        String port = environment.getOrDefault("POSTGRES_PORT", "").strip();
        if (!port.isEmpty() && !port.matches("[0-9]{1,5}")) {
            wrong.add("POSTGRES_PORT = " + port + ": must be a number from 1 to 65535");
        }
        refuse(wrong);
        int at = host.indexOf(CLOUD_SQL);
        DatabaseUrl url = at >= 0
                ? cloudSql(host.substring(at + CLOUD_SQL.length()), database)
                : tcp(host, port.isEmpty() ? POSTGRES : Integer.parseInt(port), database);
        return url.as(user, environment.getOrDefault("POSTGRES_PASSWORD", ""));
    }

    /** The same, for this user. An empty password is left out of the URL. */
    public DatabaseUrl as(String newUser, String newPassword) {
        return new DatabaseUrl(where, database, newUser, newPassword, tls);
    }

    /** @throws IllegalArgumentException for a place that is not reached over the network */
    public DatabaseUrl tls(Tls wanted) {
        if (wanted != Tls.UNSAID && where.kind() != Kind.TCP) {
            throw new IllegalArgumentException("tls = " + wanted.word() + ": only for a server reached over TCP; "
                    + "a Cloud SQL socket is encrypted by itself, and memory has no network");
        }
        return new DatabaseUrl(where, database, user, password, wanted);
    }

    /**
     * The URL with its secrets.
     *
     * @throws IllegalArgumentException when there is no such form: {@link Driver#LIBPQ} has no database in memory
     */
    public String reveal(Driver driver) {
        return text(driver, user, password);
    }

    /** The URL with user and password as {@code ***}: fit to be shown. */
    public String masked(Driver driver) {
        return text(driver, user.isEmpty() ? "" : STARS, password.isEmpty() ? "" : STARS);
    }

    @Override
    public String toString() {
        return where.kind() == Kind.MEMORY ? "memory" : masked(Driver.LIBPQ);
    }

    private String text(Driver driver, String shownUser, String shownPassword) {
        return switch (where.kind()) {
            case MEMORY -> inMemory(driver);
            case TCP -> overNetwork(driver, shownUser, shownPassword);
            case CLOUD_SQL -> overSocket(driver, shownUser, shownPassword);
        };
    }

    private String inMemory(Driver driver) {
        return switch (driver) {
            case ASYNCPG -> "sqlite+aiosqlite:///:memory:";
            case PSYCOPG, PSYCOPG2 -> "sqlite:///:memory:";
            case PGJDBC -> "jdbc:h2:mem:" + database + ";MODE=PostgreSQL";
            case R2DBC -> "r2dbc:h2:mem:///" + database;
            case LIBPQ ->
                throw new IllegalArgumentException(
                        "driver = libpq: has no database in memory; use a PostgreSQL of the test's own");
        };
    }

    private String overNetwork(Driver driver, String shownUser, String shownPassword) {
        String host = where.host().contains(":") ? "[" + where.host() + "]" : where.host();
        String place = host + ":" + where.port() + "/" + encoded(database);
        List<String> parameters = new ArrayList<>();
        if (driver == Driver.PGJDBC) {
            addUser(parameters, shownUser, shownPassword);
        }
        if (tls != Tls.UNSAID) {
            parameters.add(tlsName(driver) + "=" + tls.word());
        }
        String who = driver == Driver.PGJDBC ? "" : who(shownUser, shownPassword);
        return scheme(driver) + "://" + who + place + query(parameters);
    }

    private String overSocket(Driver driver, String shownUser, String shownPassword) {
        List<String> parameters = new ArrayList<>();
        return switch (driver) {
            case PGJDBC -> {
                addUser(parameters, shownUser, shownPassword);
                parameters.add("cloudSqlInstance=" + where.host());
                parameters.add("socketFactory=com.google.cloud.sql.postgres.SocketFactory");
                yield "jdbc:postgresql:///" + encoded(database) + query(parameters);
            }
            case R2DBC ->
                "r2dbc:gcp:postgresql://" + who(shownUser, shownPassword) + where.host() + "/" + encoded(database);
            default ->
                scheme(driver) + "://" + who(shownUser, shownPassword) + "/" + encoded(database) + "?host=" + CLOUD_SQL
                        + where.host();
        };
    }

    private static String scheme(Driver driver) {
        return switch (driver) {
            case ASYNCPG -> "postgresql+asyncpg";
            case PSYCOPG -> "postgresql+psycopg";
            case PSYCOPG2 -> "postgresql+psycopg2";
            case PGJDBC -> "jdbc:postgresql";
            case R2DBC -> "r2dbc:postgresql";
            case LIBPQ -> "postgresql";
        };
    }

    /** asyncpg does not know {@code sslmode}: SQLAlchemy hands each parameter to its {@code connect} (its dialect's page). */
    private static String tlsName(Driver driver) {
        return switch (driver) {
            case ASYNCPG -> "ssl";
            case R2DBC -> "sslMode";
            default -> "sslmode";
        };
    }

    private static void addUser(List<String> parameters, String user, String password) {
        if (!user.isEmpty()) {
            parameters.add("user=" + shown(user));
        }
        if (!password.isEmpty()) {
            parameters.add("password=" + shown(password));
        }
    }

    private static String who(String user, String password) {
        return user.isEmpty() ? "" : shown(user) + (password.isEmpty() ? "" : ":" + shown(password)) + "@";
    }

    private static String shown(String part) {
        return part.equals(STARS) ? STARS : encoded(part);
    }

    private static String query(List<String> parameters) {
        return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    }

    /** For any part of a URL: a space becomes %20, because + means itself before the question mark. */
    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String need(String name, Map<String, String> environment, List<String> wrong) {
        String value = environment.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            wrong.add(name + " is not set");
        }
        return value;
    }

    private static void needDatabase(String database, List<String> wrong) {
        if (database.isBlank()) {
            wrong.add("database is not set: must be the name of a database");
        }
    }

    private static void refuse(List<String> wrong) {
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("a database URL cannot be built: " + String.join("; ", wrong));
        }
    }
}
