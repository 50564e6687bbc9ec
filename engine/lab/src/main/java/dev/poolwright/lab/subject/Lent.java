package dev.poolwright.lab.subject;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One connection while it is lent. Closing it gives it back once: the open transaction is rolled back, and auto-commit,
 * read-only and isolation are as at first; other session state (schema, settings, temporary tables) stays, as in SQLAlchemy.
 * What its statements throw is watched for signs that the server is gone. As thread-safe as a JDBC connection: not.
 */
final class Lent implements InvocationHandler {

    /** The state in which a connection comes back. */
    enum Condition {
        RESET,
        /** It could not be reset, so it is not lent again. */
        SPOILT,
        /** The server is gone, so the connections beside it are suspect too. */
        CUT_OFF
    }

    /** Told once that the connection was given back. */
    @FunctionalInterface
    interface Return {
        void give(Condition condition);
    }

    private final Connection physical;
    private final Return whenClosed;
    private final AtomicBoolean givenBack = new AtomicBoolean();
    private final Connection proxy;
    private volatile boolean disconnected;
    private volatile int isolationAtFirst = Connection.TRANSACTION_NONE;

    Lent(Connection physical, Return whenClosed) {
        this.physical = physical;
        this.whenClosed = whenClosed;
        this.proxy = proxy(Connection.class, this);
    }

    Connection connection() {
        return proxy;
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        switch (method.getName()) {
            case "close" -> {
                giveBack();
                return null;
            }
            case "isClosed" -> {
                return givenBack.get() || physical.isClosed();
            }
            case "hashCode" -> {
                return System.identityHashCode(self);
            }
            case "equals" -> {
                return isSame(self, arguments);
            }
            case "toString" -> {
                return "lent " + physical;
            }
            default -> {}
        }
        if (givenBack.get()) {
            throw new SQLException("the connection was given back to its pool", "08003");
        }
        if (method.getName().equals("setTransactionIsolation") && isolationAtFirst == Connection.TRANSACTION_NONE) {
            isolationAtFirst = physical.getTransactionIsolation();
        }
        Object result = call(physical, method, arguments);
        return result instanceof Statement statement ? watched(statement) : result;
    }

    private void giveBack() {
        if (givenBack.compareAndSet(false, true)) {
            Condition condition = Condition.SPOILT;
            try {
                condition = afterReset();
            } finally {
                whenClosed.give(condition);
            }
        }
    }

    private Condition afterReset() {
        try {
            if (disconnected || physical.isClosed()) {
                return Condition.CUT_OFF;
            }
            reset();
            return Condition.RESET;
        } catch (SQLException e) {
            return meansDisconnected(e.getSQLState()) ? Condition.CUT_OFF : Condition.SPOILT;
        }
    }

    private void reset() throws SQLException {
        if (!physical.getAutoCommit()) {
            physical.rollback();
            physical.setAutoCommit(true);
        }
        if (physical.isReadOnly()) {
            physical.setReadOnly(false);
        }
        if (isolationAtFirst != Connection.TRANSACTION_NONE) {
            physical.setTransactionIsolation(isolationAtFirst);
        }
    }

    private Statement watched(Statement statement) {
        InvocationHandler handler = (self, method, arguments) -> switch (method.getName()) {
            case "getConnection" -> proxy;
            case "hashCode" -> System.identityHashCode(self);
            case "equals" -> isSame(self, arguments);
            default -> call(statement, method, arguments);
        };
        if (statement instanceof CallableStatement) {
            return proxy(CallableStatement.class, handler);
        }
        return statement instanceof PreparedStatement
                ? proxy(PreparedStatement.class, handler)
                : proxy(Statement.class, handler);
    }

    private @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof SQLException failure && meansDisconnected(failure.getSQLState())) {
                disconnected = true;
            }
            throw cause;
        }
    }

    /** A proxy is equal to itself alone; asking its own equals would come back here. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Object self, @Nullable Object @Nullable [] arguments) {
        return arguments != null && arguments[0] == self;
    }

    /** Class 08 (connection exception) and 57P01…57P03 (the server shuts down), PostgreSQL manual, appendix A. */
    private static boolean meansDisconnected(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.matches("57P0[123]"));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Lent.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
