package dev.poolwright.guard;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Public, so that its size can be read as that of a real pool. A pool that hands out as many connections as are asked for, and remembers how many were out at most. */
public final class StubPool implements DataSource {

    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
    volatile int size;
    volatile @Nullable SQLException failure;
    volatile Runnable beforeOpen = () -> {};

    StubPool(int size) {
        this.size = size;
    }

    /** The getter that HikariCP has, by which the guard finds the size. */
    public int getMaximumPoolSize() {
        return size;
    }

    @Override
    public Connection getConnection() throws SQLException {
        beforeOpen.run();
        SQLException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        most.accumulateAndGet(open.incrementAndGet(), Math::max);
        return (Connection) Proxy.newProxyInstance(
                StubPool.class.getClassLoader(), new Class<?>[] {Connection.class}, new Pooled(this));
    }

    /** One connection of the stub. */
    private static final class Pooled implements InvocationHandler {
        private final StubPool pool;
        private final AtomicBoolean closed = new AtomicBoolean();

        Pooled(StubPool pool) {
            this.pool = pool;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            String name = method.getName();
            if (name.equals("close") || name.equals("abort")) {
                if (closed.compareAndSet(false, true)) {
                    pool.open.decrementAndGet();
                }
                return null;
            }
            if (name.equals("commit")) {
                SQLException thrown = pool.failure;
                if (thrown != null) {
                    throw thrown;
                }
                return null;
            }
            return switch (name) {
                case "isClosed" -> closed.get();
                case "isValid" -> !closed.get();
                case "getSchema" -> "stub";
                case "toString" -> "stub connection";
                case "isWrapperFor" -> arguments != null && arguments[0] == StubPool.class;
                case "unwrap" -> pool;
                default -> throw new UnsupportedOperationException(name);
            };
        }
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
        throw new UnsupportedOperationException("no log writer");
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        throw new UnsupportedOperationException("no log writer");
    }

    @Override
    public void setLoginTimeout(int seconds) {
        throw new UnsupportedOperationException("no login timeout");
    }

    @Override
    public int getLoginTimeout() {
        return 7;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("stub");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type == Integer.class) {
            return type.cast(size);
        }
        throw new SQLException("wraps no " + type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type == Integer.class;
    }
}
