package dev.poolwright.lab.subject;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Opens connections that lead nowhere and counts them. The pool's own behaviour is tested with it; no database is played. */
final class Wires implements ConnectionOpener {
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger mostOpen = new AtomicInteger();
    volatile boolean broken;
    volatile boolean slow;
    volatile boolean pingFails;
    volatile CountDownLatch connecting = new CountDownLatch(1);
    volatile CountDownLatch gate = new CountDownLatch(1);

    /** What is asked of a wire beyond JDBC. */
    interface Wire {
        int number();

        void spoil();
    }

    @Override
    public Connection open() throws SQLException {
        if (slow) {
            slow = false;
            connecting.countDown();
            await(gate);
            throw new SQLException("refused", "08001");
        }
        if (broken) {
            throw new SQLException("refused", "08001");
        }
        int number = opened.incrementAndGet();
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        return wire(number);
    }

    static void await(CountDownLatch latch) throws SQLException {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new SQLException("the script did not go on");
            }
        } catch (InterruptedException e) {
            throw new SQLException(e);
        }
    }

    static Wire of(Connection connection) {
        try {
            return connection.unwrap(Wire.class);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection wire(int number) {
        State state = new State(number);
        return (Connection) Proxy.newProxyInstance(
                Wires.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, arguments) -> state.answer(self, method.getName(), arguments));
    }

    private final class State implements Wire {
        private final int number;
        private final List<String> sins = new ArrayList<>();
        private volatile boolean ended;

        State(int number) {
            this.number = number;
        }

        @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself alone
        @Nullable
        Object answer(Object self, String method, Object @Nullable [] arguments) throws SQLException {
            return switch (method) {
                case "unwrap" -> this;
                case "close", "abort" -> {
                    end();
                    yield null;
                }
                case "rollback" -> {
                    reset();
                    yield null;
                }
                case "isClosed" -> ended;
                case "isValid" -> !pingFails && !ended;
                case "setAutoCommit" -> null;
                case "getAutoCommit", "isReadOnly" -> false;
                case "hashCode" -> number;
                case "equals" -> arguments != null && arguments[0] == self;
                case "toString" -> "wire " + number;
                default -> throw new UnsupportedOperationException(method);
            };
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public synchronized void spoil() {
            sins.add("spoilt");
        }

        synchronized void reset() throws SQLException {
            if (!sins.isEmpty()) {
                throw new SQLException("cannot be reset", "25000");
            }
        }

        synchronized void end() {
            if (!ended) {
                ended = true;
                closed.incrementAndGet();
                open.decrementAndGet();
            }
        }
    }
}
