package dev.poolwright.lab.subject;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * HikariCP with its own defaults apart from what the settings say. Opens a connection at once and fails if it cannot. Its own
 * check of a connection that was idle for half a second cannot be switched off, so "validate on borrow" is what it always does.
 */
final class HikariSubject implements PoolSubject {
    private final HikariDataSource pool;

    HikariSubject(PoolSettings settings, String jdbcUrl, Properties driverProperties, String name) {
        Refusals.check(PoolLibrary.HIKARI, settings);
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(jdbcUrl);
        config.setDataSourceProperties(driverProperties);
        config.setMaximumPoolSize(settings.size());
        config.setMinimumIdle(settings.minimumIdle());
        config.setConnectionTimeout(millis(settings.acquireTimeout()));
        config.setMaxLifetime(millis(settings.maxLifetime()));
        pool = new HikariDataSource(config);
    }

    /** HikariCP writes "no limit" as 0. */
    private static long millis(Duration limit) {
        return limit.equals(PoolSettings.FOREVER) ? 0 : limit.toMillis();
    }

    @Override
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public Counts counts() {
        @Nullable HikariPoolMXBean bean = pool.getHikariPoolMXBean();
        if (bean == null) {
            return new Counts(0, 0, 0);
        }
        return new Counts(bean.getActiveConnections(), bean.getTotalConnections(), bean.getThreadsAwaitingConnection());
    }

    @Override
    public String name() {
        return pool.getPoolName();
    }

    @Override
    public void close() {
        pool.close();
    }
}
