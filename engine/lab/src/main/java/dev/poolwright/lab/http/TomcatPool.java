package dev.poolwright.lab.http;

import dev.poolwright.lab.subject.Counts;
import dev.poolwright.lab.subject.PoolSubject;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;

/**
 * Tomcat JDBC. With a reclaim time it has {@code removeAbandoned}: what is lent for longer is closed, logged and replaced, so
 * that a leak costs the pool a place for that long and not for ever.
 */
final class TomcatPool implements PoolSubject {

    private static final int NO_WAIT_LIMIT_MILLIS = Integer.MAX_VALUE;

    /** The library looks for what to take back as often as this; its default of 5 s would dominate short reclaim times. */
    private static final int SWEEP_MILLIS = 100;

    private final org.apache.tomcat.jdbc.pool.DataSource pool;
    private final String name;

    TomcatPool(PoolSpec spec, String jdbcUrl, Properties driver, String name) {
        if (spec.overflow() != 0) {
            throw new IllegalArgumentException(
                    "Tomcat JDBC: overflow = " + spec.overflow() + ": there is no overflow, only 0 is possible");
        }
        this.name = name;
        PoolProperties settings = new PoolProperties();
        settings.setName(name);
        settings.setUrl(jdbcUrl);
        settings.setDriverClassName("org.postgresql.Driver");
        settings.setDbProperties(driver);
        settings.setMaxActive(spec.size());
        settings.setMaxIdle(spec.size());
        settings.setMinIdle(spec.opened());
        settings.setInitialSize(spec.opened());
        settings.setMaxWait(
                spec.acquireMillis() == 0
                        ? NO_WAIT_LIMIT_MILLIS
                        : (int) Math.min(NO_WAIT_LIMIT_MILLIS, spec.acquireMillis()));
        settings.setMaxAge(spec.lifetimeMillis());
        settings.setJmxEnabled(false);
        settings.setRemoveAbandoned(spec.reclaimSeconds() > 0);
        settings.setLogAbandoned(spec.reclaimSeconds() > 0);
        settings.setTimeBetweenEvictionRunsMillis(SWEEP_MILLIS);
        if (spec.reclaimSeconds() > 0) {
            settings.setRemoveAbandonedTimeout((int) spec.reclaimSeconds());
        }
        pool = new org.apache.tomcat.jdbc.pool.DataSource(settings);
    }

    @Override
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public Counts counts() {
        return new Counts(Math.max(0, pool.getActive()), Math.max(0, pool.getSize()), Math.max(0, pool.getWaitCount()));
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
