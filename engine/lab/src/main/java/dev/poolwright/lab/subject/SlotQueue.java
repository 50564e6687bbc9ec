package dev.poolwright.lab.subject;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The idle slots and those who wait for one. Thread-safe.
 *
 * <pre>
 *   put ──▶ [ idle slots, at most capacity ] ──▶ take / poll
 *                    │ signals one                 ▲
 *                    └──▶ waiters, in order ───────┘ wakes, looks again, and may find that a newcomer was faster
 * </pre>
 *
 * As in SQLAlchemy's queue, nobody is handed a slot: a slot given back wakes the one who has waited longest, and a caller
 * that arrives in between may take it first; then the woken one waits again, <em>behind</em> the others, for what is left
 * of its time. The lock is therefore unfair on purpose. A waiter looks for a slot before it looks at the time, so a slot
 * that woke it is never left behind by its giving up.
 */
final class SlotQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final ArrayDeque<Slot> idle = new ArrayDeque<>();
    private final int capacity;
    private final int waiterLimit;
    private final boolean lifo;
    private int waiting;
    private boolean closed;

    /** @param capacity the most idle slots; 0 is no limit */
    SlotQueue(int capacity, int waiterLimit, boolean lifo) {
        this.capacity = capacity;
        this.waiterLimit = waiterLimit;
        this.lifo = lifo;
    }

    /** An idle slot, or null if there is none. */
    @Nullable
    Slot poll() throws SQLException {
        lock.lock();
        try {
            refuseIfClosed();
            return next();
        } finally {
            lock.unlock();
        }
    }

    /** An idle slot, or null if none came within the limit; {@code Long.MAX_VALUE} waits for ever. */
    @Nullable
    Slot take(long limitNanos) throws SQLException, InterruptedException {
        lock.lock();
        try {
            refuseIfClosed();
            if (!idle.isEmpty()) {
                return next();
            }
            if (waiting >= waiterLimit) {
                throw new SQLTransientConnectionException(
                        "waiting callers = " + waiting + ": the waiter limit is " + waiterLimit);
            }
            waiting++;
            try {
                return awaitNext(limitNanos);
            } finally {
                waiting--;
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Slot awaitNext(long limitNanos) throws SQLException, InterruptedException {
        long leftNanos = limitNanos;
        while (idle.isEmpty()) {
            if (leftNanos <= 0) {
                return null;
            }
            leftNanos = notEmpty.awaitNanos(leftNanos);
            refuseIfClosed();
        }
        return next();
    }

    /** Whether the slot was kept: not when the queue is full or closed. */
    boolean put(Slot slot) {
        lock.lock();
        try {
            if (closed || (capacity > 0 && idle.size() >= capacity)) {
                return false;
            }
            idle.addLast(slot);
            notEmpty.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses everybody from now on, those who wait included. */
    void close() {
        lock.lock();
        try {
            closed = true;
            notEmpty.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** An idle slot of a closed queue, or null when all are gone. */
    @Nullable
    Slot drain() {
        lock.lock();
        try {
            return next();
        } finally {
            lock.unlock();
        }
    }

    int idle() {
        lock.lock();
        try {
            return idle.size();
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Slot next() {
        return lifo ? idle.pollLast() : idle.pollFirst();
    }

    private void refuseIfClosed() throws SQLException {
        if (closed) {
            throw new SQLException("the pool is closed", "08003");
        }
    }
}
