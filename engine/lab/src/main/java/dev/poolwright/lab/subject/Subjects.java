package dev.poolwright.lab.subject;

import dev.poolwright.policy.Clock;
import java.sql.DriverManager;
import java.util.Properties;

/** Makes the pools that the lab loads. Settings that a library does not have are an {@link IllegalArgumentException}. */
public final class Subjects {
    private Subjects() {}

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
