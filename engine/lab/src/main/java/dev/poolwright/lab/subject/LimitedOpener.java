package dev.poolwright.lab.subject;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections within a limit finer than the driver's whole seconds, by interrupting the thread that opens. On a
 * virtual thread an interrupt closes the socket, so a connect that is given up is given up at the other end too, as a
 * cancelled asyncpg connect is. (The driver's own {@code loginTimeout} leaves the connect to a thread of its own that goes
 * on waiting.) On a platform thread the interrupt shows only where the driver looks for it.
 */
final class LimitedOpener implements ConnectionOpener {

    private static final ScheduledThreadPoolExecutor LIMITS = limits();

    private final String jdbcUrl;
    private final Properties properties;
    private final Duration limit;

    LimitedOpener(String jdbcUrl, Properties properties, Duration limit) {
        this.jdbcUrl = jdbcUrl;
        this.properties = properties;
        this.limit = limit;
    }

    @Override
    public Connection open() throws SQLException {
        Opening opening = new Opening(Thread.currentThread());
        ScheduledFuture<?> cut = LIMITS.schedule(opening::cut, limit.toNanos(), TimeUnit.NANOSECONDS);
        try {
            Connection connection = DriverManager.getConnection(jdbcUrl, properties);
            if (opening.over()) {
                connection.close();
                throw timedOut(null);
            }
            return connection;
        } catch (SQLException e) {
            if (opening.over() && !(e instanceof SQLTransientConnectionException)) {
                throw timedOut(e);
            }
            throw e;
        } finally {
            cut.cancel(false);
        }
    }

    private SQLException timedOut(@Nullable Throwable cause) {
        return new SQLTransientConnectionException(
                "connect timed out after " + limit.toMillis() + " ms", "08001", cause);
    }

    private static ScheduledThreadPoolExecutor limits() {
        ScheduledThreadPoolExecutor limits = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "poolwright-connect-limits");
            thread.setDaemon(true);
            return thread;
        });
        limits.setRemoveOnCancelPolicy(true);
        return limits;
    }

    /** One connect under way. */
    private static final class Opening {
        private final Thread thread;
        private boolean ended;
        private boolean cut;

        Opening(Thread thread) {
            this.thread = thread;
        }

        synchronized void cut() {
            if (!ended) {
                cut = true;
                thread.interrupt();
            }
        }

        /** Ends it; true when it was cut, and then the interrupt that did so is taken back, once. */
        synchronized boolean over() {
            if (!ended && cut) {
                Thread.interrupted();
            }
            ended = true;
            return cut;
        }
    }
}
