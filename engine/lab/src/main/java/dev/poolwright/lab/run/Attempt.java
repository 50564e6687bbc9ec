package dev.poolwright.lab.run;

import dev.poolwright.lab.run.Operation.Hold;
import dev.poolwright.lab.run.Worker.Notes;
import dev.poolwright.model.run.LoadResult.Outcome;
import dev.poolwright.model.verdict.LinkKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One try of one operation: borrow, hold, give back, as drawn. The hold is exact: whole milliseconds are slept by the
 * server (its {@code pg_sleep} knows no finer unit), the rest is spent here with the connection in hand.
 */
final class Attempt {

    /** What a statement costs beside its sleep, left out of the sleep so that the hold is not overrun. */
    private static final long STATEMENT_NANOS = 300_000;

    private static final long MILLISECOND = 1_000_000;

    /**
     * Written asynchronously by the server, since evidence must be there and need not survive a power failure; the setting
     * ends with the statement's own transaction.
     */
    private static final String EVIDENCE = "with quick as (select set_config('synchronous_commit', 'off', true))"
            + " insert into evidence (run, stream, sequence) select ?, ?, ? from quick on conflict do nothing";

    private final Operation operation;
    private final Map<String, LabPool> pools;
    private final RunClock clock;
    private final ScheduledExecutorService leaving;
    private final Notes notes;

    private final List<Acquire> acquires = new ArrayList<>();
    private long waited;
    private boolean wrote;

    Attempt(
            Operation operation,
            Map<String, LabPool> pools,
            RunClock clock,
            ScheduledExecutorService leaving,
            Notes notes) {
        this.operation = operation;
        this.pools = pools;
        this.clock = clock;
        this.leaving = leaving;
        this.notes = notes;
    }

    Ended run() {
        try {
            borrow(0);
            boolean inTime = clock.nanos() <= operation.deadlineNanos();
            return ended(inTime ? Outcome.SUCCEEDED : Outcome.TOO_LATE, "");
        } catch (CallerLeft e) {
            return ended(Outcome.GAVE_UP, "");
        } catch (AcquireFailed e) {
            return ended(e.outcome, String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            return ended(Outcome.ERROR, String.valueOf(e.getMessage()));
        } catch (RejectedExecutionException e) {
            return ended(Outcome.ERROR, "the instance ended: " + e.getMessage());
        }
    }

    private Ended ended(Outcome outcome, String error) {
        return new Ended(outcome, waited, wrote, error, acquires);
    }

    private void borrow(int index) throws SQLException {
        Hold hold = operation.holds().get(index);
        LabPool pool = pools.get(hold.pool());
        if (pool == null) {
            throw new SQLException("pool = " + hold.pool() + ": this instance does not have it");
        }
        boolean nests = index + 1 < operation.holds().size()
                && operation.holds().get(index + 1).nested();
        List<Connection> held = new ArrayList<>();
        try {
            for (int i = 0; i < hold.connections(); i++) {
                held.add(acquire(pool));
            }
            hold(held.get(0), hold, index);
            if (nests) {
                borrow(index + 1);
            }
        } finally {
            for (Connection connection : held) {
                pool.giveBack(connection);
            }
        }
        if (!nests && index + 1 < operation.holds().size()) {
            borrow(index + 1);
        }
    }

    private Connection acquire(LabPool pool) throws SQLException {
        noteFull(pool);
        long asked = clock.nanos();
        Caller caller = new Caller(Thread.currentThread());
        @Nullable
        ScheduledFuture<?> leave = operation.deadlineNanos() == Long.MAX_VALUE
                ? null
                : leaving.schedule(caller::leave, Math.max(0, operation.deadlineNanos() - asked), TimeUnit.NANOSECONDS);
        try {
            Connection connection = pool.borrow(operation.process());
            waited += clock.nanos() - asked;
            if (caller.served()) {
                noteAcquire(pool, asked, Acquire.End.SERVED);
                return connection;
            }
            noteAcquire(pool, asked, Acquire.End.OTHER);
            pool.giveBack(connection);
            throw new CallerLeft();
        } catch (SQLException e) {
            if (e instanceof CallerLeft) {
                throw e;
            }
            waited += clock.nanos() - asked;
            if (!caller.served()) {
                noteAcquire(pool, asked, Acquire.End.OTHER);
                throw new CallerLeft();
            }
            AcquireFailed failed = failed(pool, e);
            boolean refused = failed.outcome == Outcome.ACQUIRE_TIMEOUT || failed.outcome == Outcome.ACQUIRE_REFUSED;
            noteAcquire(pool, asked, refused ? Acquire.End.REFUSED : Acquire.End.OTHER);
            throw failed;
        } finally {
            if (leave != null) {
                leave.cancel(false);
            }
        }
    }

    private void noteAcquire(LabPool pool, long asked, Acquire.End end) {
        acquires.add(new Acquire(pool.name(), operation.process(), asked, clock.nanos(), end));
    }

    private void noteFull(LabPool pool) {
        int limit = pool.limit();
        var counts = pool.counts();
        if (counts.inUse() >= limit) {
            notes.happened(
                    LinkKind.POOL_FULL,
                    pool.name(),
                    counts.inUse() + " of " + limit + " connections in use, " + (counts.waiting() + 1) + " wait");
        }
    }

    private AcquireFailed failed(LabPool pool, SQLException e) {
        String state = firstState(e);
        String message = firstMessage(e);
        if (state.equals("53300")) {
            notes.happened(LinkKind.SERVER_FULL, pool.server(), message);
            return new AcquireFailed(Outcome.CONNECT_FAILED, message);
        }
        if (e instanceof SQLTransientConnectionException && !state.startsWith("08")) {
            notes.happened(LinkKind.ACQUIRE_TIMEOUT, pool.name(), String.valueOf(e.getMessage()));
            return new AcquireFailed(Outcome.ACQUIRE_TIMEOUT, message);
        }
        notes.happened(LinkKind.CONNECT_REFUSED, pool.server(), message);
        return new AcquireFailed(Outcome.CONNECT_FAILED, message);
    }

    private static String firstState(SQLException e) {
        String state = "";
        @Nullable Throwable cause = e;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                state = sql.getSQLState();
            }
            cause = cause.getCause();
        }
        return state;
    }

    private static String firstMessage(SQLException e) {
        Throwable first = e;
        for (int depth = 0; first.getCause() != null && depth < 20; depth++) {
            first = first.getCause();
        }
        return String.valueOf(first.getMessage());
    }

    private void hold(Connection connection, Hold hold, int index) throws SQLException {
        long begin = clock.nanos();
        if (operation.evidence() && index == 0) {
            writeEvidence(connection);
        }
        long sleep = (begin + hold.inDatabaseNanos() - clock.nanos() - STATEMENT_NANOS) / MILLISECOND;
        if (sleep >= 1) {
            try (PreparedStatement statement = connection.prepareStatement("select pg_sleep(?)")) {
                statement.setDouble(1, sleep / 1000.0);
                statement.execute();
            }
        }
        clock.await(begin + hold.inDatabaseNanos() + hold.outsideNanos());
    }

    private void writeEvidence(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(EVIDENCE)) {
            insert.setString(1, operation.run());
            insert.setInt(2, operation.stream());
            insert.setLong(3, operation.number());
            insert.executeUpdate();
            wrote = true;
        }
    }

    /** The caller of a borrow: leaves at its deadline if it is still waiting then. */
    private static final class Caller {
        private final Thread thread;
        private boolean waiting = true;
        private boolean left;

        Caller(Thread thread) {
            this.thread = thread;
        }

        synchronized void leave() {
            if (waiting) {
                left = true;
                thread.interrupt();
            }
        }

        /** Ends the waiting; false when the caller had left by then. Takes the interrupt back that told it so. */
        synchronized boolean served() {
            waiting = false;
            if (left) {
                Thread.interrupted();
            }
            return !left;
        }
    }

    /** The caller left before it was served. */
    private static final class CallerLeft extends SQLException {
        private static final long serialVersionUID = 1;
    }

    /** No connection was to be had. */
    private static final class AcquireFailed extends SQLException {
        private static final long serialVersionUID = 1;
        private final Outcome outcome;

        AcquireFailed(Outcome outcome, String message) {
            super(message);
            this.outcome = outcome;
        }
    }
}
