package dev.poolwright.lab.run;

import dev.poolwright.lab.run.BorrowFailures.Failure;
import dev.poolwright.lab.run.Operation.Hold;
import dev.poolwright.lab.run.Worker.Notes;
import dev.poolwright.model.run.LoadResult.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
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
    static final long STATEMENT_NANOS = 300_000;

    private static final long MILLISECOND = 1_000_000;

    /**
     * Written asynchronously by the server, since evidence must be there and need not survive a power failure; the setting
     * ends with the statement's own transaction.
     */
    static final String EVIDENCE = "with quick as (select set_config('synchronous_commit', 'off', true))"
            + " insert into evidence (run, stream, sequence) select ?, ?, ? from quick on conflict do nothing";

    private final Operation operation;
    private final Map<String, LabPool> pools;
    private final RunClock clock;
    private final ScheduledExecutorService leaving;
    private final BorrowFailures failures;

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
        this.failures = new BorrowFailures(notes);
    }

    Ended run() {
        try {
            if (!operation.holds().isEmpty()) {
                borrow(0);
            }
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
        failures.noteFull(pool);
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

    private AcquireFailed failed(LabPool pool, SQLException e) {
        Failure failure = failures.of(pool, operation.process(), e);
        return new AcquireFailed(failure.outcome(), failure.message());
    }

    private void hold(Connection connection, Hold hold, int index) throws SQLException {
        long begin = clock.nanos();
        if (operation.evidence() && index == 0) {
            writeEvidence(connection);
        }
        if (hold.work().isEmpty()) {
            sleep(connection, begin + hold.inDatabaseNanos());
            clock.await(begin + hold.inDatabaseNanos() + hold.outsideNanos());
        } else {
            work(connection, hold);
            clock.await(clock.nanos() + hold.outsideNanos());
        }
    }

    private void sleep(Connection connection, long until) throws SQLException {
        long sleep = (until - clock.nanos() - STATEMENT_NANOS) / MILLISECOND;
        if (sleep >= 1) {
            try (PreparedStatement statement = connection.prepareStatement("select pg_sleep(?)")) {
                statement.setDouble(1, sleep / 1000.0);
                statement.execute();
            }
        }
    }

    private static void work(Connection connection, Hold hold) throws SQLException {
        if (!hold.transaction()) {
            statements(connection, hold);
            return;
        }
        connection.setAutoCommit(false);
        boolean committed = false;
        try {
            statements(connection, hold);
            connection.commit();
            committed = true;
        } finally {
            if (!committed && !connection.isClosed()) {
                connection.rollback();
            }
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        }
    }

    private static void statements(Connection connection, Hold hold) throws SQLException {
        for (Operation.Statement one : hold.work()) {
            try (PreparedStatement statement = connection.prepareStatement(one.sql())) {
                for (int i = 0; i < one.arguments().size(); i++) {
                    statement.setLong(i + 1, one.arguments().get(i));
                }
                statement.execute();
            }
        }
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
