package dev.poolwright.lab.subject;

import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.tomcat.jdbc.pool.PoolExhaustedException;
import org.apache.tomcat.jdbc.pool.PoolProperties;

/** Tomcat JDBC with its own defaults apart from what the settings say. Opens its connections when they are needed. */
final class TomcatSubject implements PoolSubject {

    private final String name;
    private final org.apache.tomcat.jdbc.pool.DataSource pool;

    TomcatSubject(PoolSettings settings, Login login, Properties driverProperties) {
        Refusals.check(PoolLibrary.TOMCAT, settings);
        name = login.application();
        PoolProperties properties = new PoolProperties();
        properties.setName(name);
        properties.setUrl(login.jdbcUrl());
        properties.setDriverClassName("org.postgresql.Driver");
        properties.setDbProperties(driverProperties);
        properties.setMaxActive(settings.size());
        properties.setMaxIdle(settings.size());
        properties.setMinIdle(settings.minimumIdle());
        properties.setInitialSize(settings.minimumIdle());
        properties.setMaxWait(millis(settings.acquireTimeout(), -1));
        properties.setMaxAge(millis(settings.maxLifetime(), 0));
        if (settings.prePing()) {
            properties.setTestOnBorrow(true);
            // Its default leaves 3 s in which a connection is not tried again; the fleet says "on borrow".
            properties.setValidationInterval(0);
        }
        pool = new org.apache.tomcat.jdbc.pool.DataSource(properties);
    }

    private static int millis(Duration limit, int none) {
        return limit.equals(PoolSettings.FOREVER) ? none : (int) Math.min(Integer.MAX_VALUE, limit.toMillis());
    }

    @Override
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public Counts counts() {
        return new Counts(pool.getActive(), pool.getSize(), pool.getWaitCount());
    }

    @Override
    public boolean isTimeout(Throwable failure, String state) {
        return failure instanceof PoolExhaustedException;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        pool.close(true);
    }
}
