package dev.poolwright.guard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.ClientInfoStatus;
import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A borrowed connection, and the record of its borrow. Its end happens once, whoever brings it about: the caller's close, a
 * close from another thread, an abort, a reclaim, or that somebody closed the pool's connection underneath.
 */
final class GuardedConnection extends ConnectionView {

    private static final int OPEN = 0;
    private static final int CLOSED = 1;
    private static final int RECLAIMED = 2;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(GuardedConnection.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Owner owner;
    final int callerClass;
    /** Whether it is counted at the gate, so that its end has to be, too. */
    final boolean counted;
    /** Whether the breaker waits to hear of it. */
    final boolean probe;
    /** On the coarse clock. */
    final long borrowedAt;
    /** On the exact clock; only when its hold is sampled. */
    final long exactlyAt;

    final boolean sampled;
    final @Nullable Place place;

    /** The next older borrow of the same thread; written by that thread. */
    @Nullable
    GuardedConnection outer;
    /** Its place in the list of holders, or -1. Written before the connection is handed out. */
    int slot = -1;
    /** Whether it was reported as a leak; written by the heartbeat only. */
    volatile boolean suspected;

    private final Connection pooled;
    private final Borrowing borrowing;
    private volatile int state;

    GuardedConnection(
            Connection pooled, Borrowing borrowing, Owner owner, Borrowing.Terms terms, @Nullable Place place) {
        this.pooled = pooled;
        this.borrowing = borrowing;
        this.owner = owner;
        this.callerClass = terms.callerClass();
        this.counted = terms.counted();
        this.probe = terms.probe();
        this.borrowedAt = terms.borrowedAt();
        this.sampled = terms.sampled();
        this.exactlyAt = terms.exactlyAt();
        this.place = place;
    }

    boolean isGone() {
        return state != OPEN;
    }

    @Override
    Connection open() throws SQLException {
        if (state != OPEN) {
            // 08003, connection does not exist, is what the standard has for use after close.
            throw new SQLException(
                    state == CLOSED ? "the connection is closed" : "the connection was reclaimed as a leak", "08003");
        }
        return pooled;
    }

    @Override
    SQLException failed(SQLException thrown) {
        borrowing.failed(thrown);
        return thrown;
    }

    /** Gives the connection back to the pool first, so that who is let through next finds it there. */
    @Override
    public void close() throws SQLException {
        if (STATE.compareAndSet(this, OPEN, CLOSED)) {
            try {
                pooled.close();
            } finally {
                borrowing.ended(this);
            }
        }
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        if (STATE.compareAndSet(this, OPEN, CLOSED)) {
            try {
                pooled.abort(executor);
            } finally {
                borrowing.ended(this);
            }
        }
    }

    /** Takes it from who forgot it. */
    boolean reclaim() throws SQLException {
        if (!STATE.compareAndSet(this, OPEN, RECLAIMED)) {
            return false;
        }
        try {
            pooled.close();
        } finally {
            borrowing.ended(this);
        }
        return true;
    }

    /** Ends it when the pool's connection was closed past us, for example through {@code Statement.getConnection()}. */
    boolean endIfClosedUnderneath() throws SQLException {
        if (!pooled.isClosed() || !STATE.compareAndSet(this, OPEN, CLOSED)) {
            return false;
        }
        borrowing.ended(this);
        return true;
    }

    @Override
    public boolean isClosed() throws SQLException {
        return state != OPEN || pooled.isClosed();
    }

    @Override
    public boolean isValid(int timeout) throws SQLException {
        return state == OPEN && pooled.isValid(timeout);
    }

    @Override
    public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
        usable().setClientInfo(name, value);
    }

    @Override
    public void setClientInfo(Properties properties) throws SQLClientInfoException {
        usable().setClientInfo(properties);
    }

    private Connection usable() throws SQLClientInfoException {
        if (state != OPEN) {
            Map<String, ClientInfoStatus> none = Map.of();
            throw new SQLClientInfoException("the connection is closed", "08003", none);
        }
        return pooled;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        Connection inner = open();
        return type.isInstance(inner) ? type.cast(inner) : inner.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        if (type.isInstance(this)) {
            return true;
        }
        Connection inner = open();
        return type.isInstance(inner) || inner.isWrapperFor(type);
    }

    @Override
    public String toString() {
        return "guarded " + pooled;
    }
}
