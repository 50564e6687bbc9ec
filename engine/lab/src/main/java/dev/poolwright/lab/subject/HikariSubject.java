package dev.poolwright.lab.subject;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** HikariCP with its own defaults apart from what the settings say. Opens its connections at once and fails if it cannot. */
final class HikariSubject implements PoolSubject {
    /** HikariCP replaces a shorter lifetime by 30 minutes and only logs it ({@code HikariConfig.validateNumerics}). */
    private static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(30);

    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(250);

    private final HikariDataSource pool;

    HikariSubject(PoolSettings settings, String jdbcUrl, Properties driverProperties, String name) {
        refuseWhatHikariLacks(settings);
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(jdbcUrl);
        config.setDataSourceProperties(driverProperties);
        config.setMaximumPoolSize(settings.size());
        config.setConnectionTimeout(millis(settings.acquireTimeout()));
        config.setMaxLifetime(millis(settings.maxLifetime()));
        pool = new HikariDataSource(config);
    }

    /** HikariCP writes "no limit" as 0. */
    private static long millis(Duration limit) {
        return limit.equals(PoolSettings.FOREVER) ? 0 : limit.toMillis();
    }

    private static void refuseWhatHikariLacks(PoolSettings settings) {
        List<String> problems = new ArrayList<>();
        if (settings.size() < 1) {
            problems.add("size = " + settings.size() + ": must be 1 or more");
        }
        if (settings.overflow() != 0) {
            problems.add("overflow = " + settings.overflow() + ": there is no overflow, only 0 is possible");
        }
        if (settings.waiterLimit() != Integer.MAX_VALUE) {
            problems.add("waiter limit = " + settings.waiterLimit() + ": there is none");
        }
        if (settings.prePing() || settings.lifo()) {
            problems.add("ping and order are not settable");
        }
        if (settings.maxLifetime().compareTo(SHORTEST_LIFETIME) < 0) {
            problems.add("max lifetime = " + settings.maxLifetime() + ": at least " + SHORTEST_LIFETIME
                    + ", else HikariCP silently takes 30 minutes");
        }
        if (settings.acquireTimeout().compareTo(SHORTEST_TIMEOUT) < 0) {
            problems.add("acquire timeout = " + settings.acquireTimeout() + ": at least " + SHORTEST_TIMEOUT);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("HikariCP: " + String.join("; ", problems));
        }
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
