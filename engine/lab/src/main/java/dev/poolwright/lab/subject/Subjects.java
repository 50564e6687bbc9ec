package dev.poolwright.lab.subject;

import dev.poolwright.policy.Clock;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Properties;

/** Makes the pools that the lab loads. Settings that a library does not have are an {@link IllegalArgumentException}. */
public final class Subjects {
    private Subjects() {}

    /**
     * The pool of a library, with these settings in its own names.
     *
     * @throws IllegalArgumentException when the library cannot express one of them, with a sentence for each
     */
    public static Subject of(PoolLibrary library, PoolSettings settings, Login login) {
        Properties driver = driverProperties(settings, login.user(), login.password(), login.application());
        return switch (library) {
            case OVERFLOW -> overflow(settings, login.jdbcUrl(), login.user(), login.password(), login.application());
            case HIKARI -> new HikariSubject(settings, login.jdbcUrl(), driver, login.application());
            case AGROAL -> new AgroalSubject(settings, login, driver);
            case TOMCAT -> new TomcatSubject(settings, login, driver);
            case DBCP -> new DbcpSubject(settings, login, driver);
            case R2DBC -> new R2dbcSubject(settings, login);
            case VERTX -> new VertxSubject(settings, login);
        };
    }

    /**
     * Whether a library can express these settings, without opening anything.
     *
     * @throws IllegalArgumentException when it cannot, with a sentence for each
     */
    public static void check(PoolLibrary library, PoolSettings settings) {
        Refusals.check(library, settings);
    }

    /** Why a connect without any pool failed. */
    public static Subject.Refused refusedByDriver(Throwable failure) {
        boolean full = PoolSubject.Causes.state(failure).equals("53300");
        return new Subject.Refused(
                full ? Subject.Why.SERVER_FULL : Subject.Why.CONNECT, PoolSubject.Causes.first(failure));
    }

    /** HikariCP; it opens its connections now and throws if the server cannot be reached. */
    public static PoolSubject hikari(
            PoolSettings settings, String jdbcUrl, String user, String password, String applicationName) {
        return new HikariSubject(
                settings, jdbcUrl, driverProperties(settings, user, password, applicationName), applicationName);
    }

    /** A pool with the semantics of SQLAlchemy's QueuePool; it opens a connection when one is first needed. */
    public static PoolSubject overflow(
            PoolSettings settings, String jdbcUrl, String user, String password, String applicationName) {
        Properties properties = driverProperties(settings, user, password, applicationName);
        ConnectionOpener opener = () -> DriverManager.getConnection(jdbcUrl, properties);
        return new OverflowPool(applicationName, settings, opener, Clock.system());
    }

    /**
     * As {@link #overflow}, for callers on virtual threads: the connect limit is kept to the millisecond, and an interrupted
     * caller gives its connect up at the server too.
     *
     * @param connectLimit one connect is given up after this long
     */
    public static PoolSubject overflowForVirtualThreads(
            PoolSettings settings,
            Duration connectLimit,
            String jdbcUrl,
            String user,
            String password,
            String applicationName) {
        Properties properties = driverProperties(settings, user, password, applicationName);
        properties.remove("loginTimeout");
        return new OverflowPool(
                applicationName, settings, new LimitedOpener(jdbcUrl, properties, connectLimit), Clock.system());
    }

    /** Both limits are needed: connectTimeout ends a lost SYN, loginTimeout a server that accepts and then says nothing. */
    private static Properties driverProperties(
            PoolSettings settings, String user, String password, String applicationName) {
        String seconds = Long.toString(settings.connectTimeout().toSeconds());
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", applicationName);
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("loginTimeout", seconds);
        return properties;
    }
}
