package dev.poolwright.lab.subject;

import dev.poolwright.policy.Clock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool that behaves as QueuePool of SQLAlchemy 2.0 does, over JDBC. Thread-safe; callers block, on any kind of thread.
 *
 * <ul>
 *   <li>Connections are opened by the caller that needs one, none in advance.
 *   <li>Up to size slots are kept idle; a slot given back when size are idle already is closed. An overflow connection
 *       is thus kept, not closed, as long as fewer than size are idle: that is how waiters get it.
 *   <li>The overflow counter starts at −size and is raised before a connection is opened, so opening needs no lock.
 *   <li>A failed first connect lowers the counter again but <em>wakes nobody</em>: who waits already goes on waiting until
 *       a slot is given back or its time is over, and only then tries to open one itself. The same holds for a slot that
 *       is closed on return.
 *   <li>A failed reconnect (after an invalidation, the end of a lifetime or a failed ping) puts the empty slot back into
 *       the queue, and this does wake a waiter, which then tries to connect.
 *   <li>A caller whose time is over and who then finds the last slot taken by another starts a new wait of full length.
 *   <li>The text of the timeout names the overflow at that moment, not the limit.
 *   <li>A connection that turns out to be cut off makes all connections opened before it suspect: each is replaced
 *       before it is lent again.
 * </ul>
 *
 * <p>Source: the behaviour of {@code sqlalchemy.pool.QueuePool}, version 2.0.54; {@code QueuePoolComparisonTest} runs both
 * side by side. Different on purpose: {@link #close()} also ends the connections that are lent, and a waiter limit can be set.
 */
final class OverflowPool implements PoolSubject {
    private static final int PINGS_BEFORE_GIVING_UP = 2;

    private final String name;
    private final PoolSettings settings;
    private final ConnectionOpener opener;
    private final Clock clock;
    private final DataSource dataSource = new LendingDataSource(this::borrow);
    private final SlotQueue queue;
    private final AtomicInteger overflow;
    private final AtomicLong generation = new AtomicLong();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    OverflowPool(String name, PoolSettings settings, ConnectionOpener opener, Clock clock) {
        this.name = name;
        this.settings = settings;
        this.opener = opener;
        this.clock = clock;
        this.queue = new SlotQueue(settings.size(), settings.waiterLimit(), settings.lifo());
        this.overflow = new AtomicInteger(-settings.size());
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Counts counts() {
        return new Counts(Math.max(0, settings.size() + overflow.get() - queue.idle()), open.size(), queue.waiting());
    }

    /** Slots above size; below zero while fewer than size exist, 0 for a pool without a size. */
    int overflow() {
        return settings.size() == 0 ? 0 : overflow.get();
    }

    int idle() {
        return queue.idle();
    }

    private Connection borrow() throws SQLException {
        Slot slot = nextSlot();
        boolean lent = false;
        try {
            fill(slot);
            if (settings.prePing()) {
                ping(slot);
            }
            lent = true;
        } finally {
            if (!lent) {
                discard(slot);
                giveBack(slot);
            }
        }
        slot.fresh = false;
        return new Lent(slot.filled(), condition -> takeBack(slot, condition)).connection();
    }

    private Slot nextSlot() throws SQLException {
        // Each further round needs another caller to have taken the last slot in between, so somebody always gets on.
        while (true) {
            boolean wait = isFull();
            Slot idle = wait ? awaitSlot() : queue.poll();
            if (idle != null) {
                return idle;
            }
            if (isFull()) {
                if (wait) {
                    throw new SQLTransientConnectionException(timeoutText());
                }
            } else if (raiseOverflow()) {
                return newSlot();
            }
        }
    }

    private @Nullable Slot awaitSlot() throws SQLException {
        try {
            return queue.take(PoolSettings.nanos(settings.acquireTimeout()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for a connection of " + name, e);
        }
    }

    private String timeoutText() {
        return String.format(
                Locale.ROOT,
                "QueuePool limit of size %d overflow %d reached, connection timed out, timeout %.2f",
                settings.size(),
                overflow(),
                settings.acquireTimeout().toNanos() / 1e9);
    }

    private boolean isUnlimited() {
        return settings.size() == 0 || settings.overflow() == -1;
    }

    private boolean isFull() {
        return !isUnlimited() && overflow.get() >= settings.overflow();
    }

    private boolean raiseOverflow() {
        if (isUnlimited()) {
            overflow.incrementAndGet();
            return true;
        }
        int before = overflow.getAndUpdate(n -> n < settings.overflow() ? n + 1 : n);
        return before < settings.overflow();
    }

    private Slot newSlot() throws SQLException {
        Slot slot = new Slot();
        boolean connected = false;
        try {
            connect(slot);
            connected = true;
            return slot;
        } finally {
            if (!connected) {
                overflow.decrementAndGet();
            }
        }
    }

    private void fill(Slot slot) throws SQLException {
        if (slot.connection == null) {
            connect(slot);
        } else if (isWornOut(slot)) {
            discard(slot);
            connect(slot);
        }
    }

    private boolean isWornOut(Slot slot) {
        return slot.generation < generation.get()
                || clock.nanos() - slot.openedAt > PoolSettings.nanos(settings.maxLifetime());
    }

    private void connect(Slot slot) throws SQLException {
        slot.generation = generation.get();
        slot.openedAt = clock.nanos();
        Connection connection = opener.open();
        open.add(connection);
        slot.connection = connection;
        slot.fresh = true;
        if (closed) {
            discard(slot);
            throw new SQLException("the pool " + name + " was closed while it opened a connection", "08003");
        }
    }

    private void ping(Slot slot) throws SQLException {
        for (int attempt = 0; attempt < PINGS_BEFORE_GIVING_UP; attempt++) {
            if (slot.fresh
                    || slot.filled().isValid((int) settings.connectTimeout().toSeconds())) {
                return;
            }
            suspectAllSince(slot);
            discard(slot);
            connect(slot);
        }
    }

    private void suspectAllSince(Slot slot) {
        generation.compareAndSet(slot.generation, slot.generation + 1);
    }

    private void takeBack(Slot slot, Lent.Condition condition) {
        if (condition == Lent.Condition.CUT_OFF) {
            suspectAllSince(slot);
        }
        if (condition != Lent.Condition.RESET) {
            discard(slot);
        }
        giveBack(slot);
    }

    private void giveBack(Slot slot) {
        if (!queue.put(slot)) {
            try {
                discard(slot);
            } finally {
                overflow.decrementAndGet();
            }
        }
    }

    private void discard(Slot slot) {
        Connection connection = slot.connection;
        slot.connection = null;
        if (connection != null) {
            open.remove(connection);
            closeQuietly(connection);
        }
    }

    /** Ends every connection, the lent ones too; who waits is refused. Doing it twice is harmless. */
    @Override
    public void close() {
        closed = true;
        queue.close();
        for (Slot slot = queue.drain(); slot != null; slot = queue.drain()) {
            discard(slot);
            overflow.decrementAndGet();
        }
        // One that is added from here on sees that the pool is closed, and goes by itself.
        open.forEach(OverflowPool::abortQuietly);
        open.clear();
    }

    /** The connection is given up in any case, so how its closing fails changes nothing. */
    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            System.getLogger(OverflowPool.class.getName())
                    .log(System.Logger.Level.DEBUG, "closing a connection that is given up", e);
        }
    }

    private static void abortQuietly(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            System.getLogger(OverflowPool.class.getName())
                    .log(System.Logger.Level.DEBUG, "cutting a connection that is given up", e);
        }
    }
}
