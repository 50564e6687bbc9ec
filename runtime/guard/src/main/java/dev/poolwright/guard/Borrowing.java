package dev.poolwright.guard;

import dev.poolwright.policy.Clock;
import dev.poolwright.policy.admission.Admission;
import dev.poolwright.policy.health.Breaker;
import dev.poolwright.policy.health.SqlStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The way of one borrow: asked for, let through, handed out, ended.
 *
 * <p>Fails open: what goes wrong in here is counted, and the caller gets the pool's connection as if there were no guard. Only
 * a refusal that is documented, and what the pool itself throws, reach the caller. Thread-safe.
 */
final class Borrowing {

    /** One borrow in so many has its hold measured on the exact clock: a reading costs some 20 ns. */
    private static final int HOLD_SAMPLE_MASK = 15;

    /** What a borrow was let through with. */
    record Terms(int callerClass, boolean counted, boolean probe, long borrowedAt, boolean sampled, long exactlyAt) {}

    /** A borrow under another name than the pool's own. */
    record Login(@Nullable String user, @Nullable String password) {

        /** Never the password. */
        @Override
        public String toString() {
            return "login of " + user;
        }
    }

    /** How a caller was let through. */
    private enum Pass {
        /** Counted at the gate. */
        COUNTED,
        /** Not held back: to be counted when it has its connection. */
        BEYOND,
        /** Not to be counted at all. */
        UNCOUNTED
    }

    private final DataSource pool;
    private final Gate gate;
    private final DatabaseBreaker breaker;
    private final Holders holders;
    private final Counters counters;
    private final Watch watch;
    private final Clock clock;
    private final AtomicInteger owners = new AtomicInteger();
    private final ThreadLocal<Owner> owner;
    private final Beyond beyond = new Beyond();
    private volatile Policy policy;

    Borrowing(DataSource pool, Gate gate, DatabaseBreaker breaker, Watch watch, Policy policy, Clock clock) {
        this.pool = pool;
        this.gate = gate;
        this.breaker = breaker;
        this.holders = watch.holders();
        this.counters = watch.counters();
        this.watch = watch;
        this.policy = policy;
        this.clock = clock;
        this.owner = ThreadLocal.withInitial(() -> new Owner(
                owners.getAndIncrement() & 0xFF_FFFF, this.policy.settings().placeEvery()));
    }

    Owner owner() {
        return owner.get();
    }

    void policy(Policy newPolicy) {
        policy = newPolicy;
    }

    Connection borrow(int callerClass, @Nullable Login login) throws SQLException {
        Owner caller = owner.get();
        boolean probe = false;
        Pass pass;
        try {
            probe = checkDatabase(caller);
            pass = admit(caller, callerClass);
        } catch (SQLException e) {
            if (probe) {
                breaker.probeUndecided();
            }
            throw e;
        } catch (RuntimeException e) {
            watch.ownFault(e);
            pass = Pass.UNCOUNTED;
        }
        long before = watch.coarseNanos();
        Connection connection = null;
        try {
            connection = login == null ? pool.getConnection() : pool.getConnection(login.user(), login.password());
        } catch (SQLException e) {
            counters.failed.increment();
            openFailed(e, probe);
            throw e;
        } catch (RuntimeException | Error e) {
            counters.failed.increment();
            nothing(probe);
            throw e;
        } finally {
            if (connection == null) {
                notOpened(pass, caller, callerClass);
            }
        }
        if (connection == null) {
            nothing(probe);
            throw new SQLException("guard " + policy.settings().name() + ": the pool answered null for a connection");
        }
        return handOut(connection, caller, callerClass, pass, probe, before);
    }

    /** The pool said nothing about the database. */
    private void nothing(boolean probe) {
        if (probe) {
            breaker.probeUndecided();
        }
    }

    /** @return whether this borrow is a probe */
    private boolean checkDatabase(Owner caller) throws SQLException {
        if (breaker.isClosed() && !caller.retry) {
            return false;
        }
        Policy now = policy;
        if (caller.retry && now.mode(Decision.RETRY_BUDGET) != Mode.OFF && !breaker.mayRetry()) {
            refuseOrCount(now.mode(Decision.RETRY_BUDGET), Refusal.RETRY_BUDGET, breaker.retryAfterNanos(false));
        }
        if (breaker.isClosed() || now.mode(Decision.BREAKER) == Mode.OFF) {
            return false;
        }
        Breaker.Answer answer = breaker.ask();
        if (answer == Breaker.Answer.REFUSED) {
            refuseOrCount(now.mode(Decision.BREAKER), Refusal.BREAKER, breaker.retryAfterNanos(true));
        }
        return answer == Breaker.Answer.PROBE;
    }

    private void refuseOrCount(Mode mode, Refusal refusal, long retryAfterNanos) throws SQLException {
        if (mode == Mode.ENFORCE) {
            throw refused(refusal, retryAfterNanos, "");
        }
        counters.wouldRefuse(refusal);
    }

    private Pass admit(Owner caller, int callerClass) throws SQLException {
        if (gate.tryEnter(callerClass)) {
            return Pass.COUNTED;
        }
        Policy now = policy;
        if (!now.holdsBack()) {
            beyond.enter(caller, callerClass);
            watch.beyond(caller, callerClass, beyond);
            return Pass.BEYOND;
        }
        long asked = clock.nanos();
        long giveUpAt = Math.min(now.settings().acquireTimeout().deadline(asked), caller.deadline);
        int held = now.mode(Decision.NESTED_BORROW) == Mode.OFF ? 0 : caller.held();
        counters.waited.increment();
        long answer = gate.enter(callerClass, caller.deadline, giveUpAt, held);
        if (answer == Admission.ADMITTED) {
            return Pass.COUNTED;
        }
        if (answer == Admission.NOT_QUEUED) {
            counters.notQueued.increment();
            return Pass.UNCOUNTED;
        }
        if (answer == Gate.INTERRUPTED) {
            throw new SQLTransientConnectionException(
                    "guard " + now.settings().name() + ": interrupted while waiting for a connection",
                    "57014",
                    new InterruptedException("interrupted while waiting for a connection"));
        }
        throw refused(refusal(answer), gate.drainNanos(), watch.saturated(caller, answer == Admission.REFUSED_NESTED));
    }

    private static Refusal refusal(long answer) {
        if (answer == Admission.REFUSED_WAITERS) {
            return Refusal.WAITERS;
        } else if (answer == Admission.REFUSED_DEADLINE) {
            return Refusal.DEADLINE;
        } else if (answer == Admission.REFUSED_NESTED) {
            return Refusal.NESTED_BORROW;
        }
        return answer == Admission.REFUSED_STANDING ? Refusal.STANDING_QUEUE : Refusal.WAITED;
    }

    private BorrowRefusedException refused(Refusal refusal, long retryAfterNanos, String detail) {
        counters.refused(refusal);
        return new BorrowRefusedException(
                policy.settings().name(), refusal, retryAfterNanos, gate.inUse(), gate.limit(), gate.waiting(), detail);
    }

    private void openFailed(SQLException thrown, boolean probe) {
        if (!failed(thrown) && probe) {
            breaker.probeUndecided();
        }
    }

    private void notOpened(Pass pass, Owner caller, int callerClass) {
        if (pass == Pass.COUNTED) {
            exit(callerClass);
        } else if (pass == Pass.BEYOND) {
            beyond.leave(caller, callerClass);
        }
    }

    private void exit(int callerClass) {
        try {
            gate.exit(callerClass);
        } catch (RuntimeException e) {
            watch.ownFault(e);
        }
    }

    private Connection handOut(
            Connection connection, Owner caller, int callerClass, Pass pass, boolean probe, long before) {
        boolean counted = pass == Pass.COUNTED;
        if (pass == Pass.BEYOND) {
            beyond.leave(caller, callerClass);
            counted = gate.force(callerClass);
        }
        GuardedConnection guarded = null;
        try {
            if (probe && breaker.probeSucceeded()) {
                watch.breakerClosed();
            }
            guarded = guarded(connection, caller, terms(caller, callerClass, counted, probe, before));
        } catch (RuntimeException e) {
            watch.ownFault(e);
        }
        if (guarded == null) {
            if (counted) {
                exit(callerClass);
            }
            return connection;
        }
        return guarded;
    }

    private Terms terms(Owner caller, int callerClass, boolean counted, boolean probe, long before) {
        boolean sampled = (++caller.borrows & HOLD_SAMPLE_MASK) == 0;
        long now = watch.coarseNanos();
        if (counted && now - before > Watch.POOL_SLOW_NANOS) {
            watch.poolWasSlow(now - before);
        }
        return new Terms(callerClass, counted, probe, now, sampled, sampled ? clock.nanos() : 0);
    }

    private GuardedConnection guarded(Connection connection, Owner caller, Terms terms) {
        counters.borrowed.increment();
        GuardedConnection outer = caller.newest();
        boolean takePlace = --caller.untilPlace < 0 || watch.isAlert() || (outer != null && watch.wantsNested());
        if (takePlace) {
            caller.untilPlace = policy.settings().placeEvery() - 1;
        }
        Place place = takePlace ? Place.here() : null;
        GuardedConnection made = new GuardedConnection(connection, this, caller, terms, place);
        if (outer != null) {
            watch.nested(made, outer);
        }
        caller.borrowed(made);
        if (!holders.add(made)) {
            counters.unwatched.increment();
        }
        return made;
    }

    /** The end of a borrow; called once for each, from any thread. */
    void ended(GuardedConnection connection) {
        try {
            holders.remove(connection);
            if (connection.owner.thread.equals(Thread.currentThread())) {
                connection.owner.closed(connection);
            }
            if (connection.suspected) {
                watch.leakEnded(connection);
            }
            if (connection.sampled) {
                watch.held(clock.nanos() - connection.exactlyAt, gate.inUse());
            }
        } catch (RuntimeException e) {
            watch.ownFault(e);
        } finally {
            if (connection.counted) {
                exit(connection.callerClass);
            }
            watch.inUse(gate.inUse());
        }
    }

    /** @return whether it was the database's doing */
    boolean failed(SQLException thrown) {
        if (!SqlStates.isDatabaseFault(thrown.getSQLState())) {
            return false;
        }
        counters.databaseFaults.increment();
        watch.databaseFault(gate.inUse());
        if (policy.mode(Decision.BREAKER) != Mode.OFF && breaker.failed()) {
            watch.breakerOpened(thrown);
        }
        return true;
    }

    Beyond beyond() {
        return beyond;
    }
}
