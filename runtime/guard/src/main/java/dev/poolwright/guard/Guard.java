package dev.poolwright.guard;

import dev.poolwright.policy.Clock;
import dev.poolwright.policy.admission.Shares;
import dev.poolwright.policy.health.Breaker;
import dev.poolwright.policy.health.RetryBudget;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Protects a connection pool inside the running service: a bound on waiters, deadlines, shares for classes of callers, nested
 * borrows, leaks, a breaker and a retry budget. Every decision is off, observed or enforced; {@link #around} observes all.
 *
 * <pre>
 *   Guard guard = Guard.around(pool, GuardSettings.builder().waiters(50).mode(Mode.ENFORCE).build());
 *   DataSource dataSource = guard.dataSource();
 * </pre>
 *
 * <p>A refused borrow is a {@link BorrowRefusedException}. Everything else that a caller sees is the pool's own doing: the
 * guard fails open. Who takes a connection as owner of a nested borrow is the thread.
 *
 * <p>Thread-safe. Closing ends the guard's thread and its JMX bean, and lets everybody pass; the pool is not closed.
 */
public final class Guard implements AutoCloseable {

    private final DataSource pool;
    private final PoolSize poolSize;
    private final Counters counters = new Counters();
    private final Events events;
    private final Gate gate;
    private final Watch watch;
    private final DatabaseBreaker breaker;
    private final Borrowing borrowing;
    private final Clock clock;
    private final Heartbeat heartbeat;
    private final ReentrantLock changes = new ReentrantLock();
    private volatile GuardSettings settings;
    private volatile boolean closed;
    private long sizeReadAt;
    private @Nullable ObjectName registered;

    /** Guards a pool with the usual settings: everything observed, nothing refused. */
    public static Guard around(DataSource pool) {
        return around(pool, GuardSettings.builder().build());
    }

    /** @throws IllegalArgumentException when callers are to be held back and nobody knows the limit */
    public static Guard around(DataSource pool, GuardSettings settings) {
        return around(pool, settings, GuardListener.logging());
    }

    /** With a listener of one's own instead of the log. */
    public static Guard around(DataSource pool, GuardSettings settings, GuardListener listener) {
        Guard guard = new Guard(pool, settings, listener, Clock.system());
        guard.start();
        return guard;
    }

    Guard(DataSource pool, GuardSettings settings, GuardListener listener, Clock clock) {
        this.pool = pool;
        this.poolSize = PoolSize.of(pool);
        this.clock = clock;
        this.settings = settings;
        this.events = new Events(settings.name(), listener, counters);
        int limit = limitOf(settings);
        Policy policy = checked(settings, limit);
        this.gate = new Gate(policy.rules(limit), clock);
        this.watch = new Watch(gate, new Holders(limit), counters, events, policy, clock);
        this.breaker = new DatabaseBreaker(settings.breaker(), retryBudget(settings), clock, counters);
        this.borrowing = new Borrowing(pool, gate, breaker, watch, policy, clock);
        this.heartbeat = new Heartbeat(this);
        this.sizeReadAt = clock.nanos();
        if (limit == Shares.MOST) {
            watch.limitUnknown(pool.getClass().getName());
        }
    }

    private void start() {
        heartbeat.start(settings.name());
        try {
            registered = GuardView.register(this);
        } catch (JMException e) {
            watch.ownFault(e);
        }
    }

    private static RetryBudget retryBudget(GuardSettings settings) {
        return new RetryBudget(settings.retriesPerMille(), settings.retriesReserve());
    }

    private int limitOf(GuardSettings of) {
        if (of.limit() != GuardSettings.AS_THE_POOL) {
            return of.limit();
        }
        int size = poolSize.read();
        return size == PoolSize.UNKNOWN ? Shares.MOST : size;
    }

    private Policy checked(GuardSettings of, int limit) {
        Policy policy = Policy.of(of);
        if (policy.holdsBack() && limit == Shares.MOST && of.limit() == GuardSettings.AS_THE_POOL) {
            throw new IllegalArgumentException("limit = as the pool: the size of "
                    + pool.getClass().getName() + " cannot be read, so callers cannot be held back; set limit to it");
        }
        return policy;
    }

    /** The guarded pool, for callers of the first class. */
    public DataSource dataSource() {
        return new GuardedDataSource(pool, borrowing, 0);
    }

    /** The guarded pool, for callers of this class. */
    public DataSource dataSource(String callerClass) {
        return new GuardedDataSource(pool, borrowing, settings.classOf(callerClass));
    }

    /**
     * Says that what this thread does until the scope is closed is of use only so long. Scopes nest; the earliest deadline
     * counts.
     */
    public Scope within(Duration left) {
        Owner owner = borrowing.owner();
        Scope scope = new Scope(owner);
        long deadline = clock.nanos() + left.toNanos();
        owner.deadline = owner.deadline == Long.MAX_VALUE ? deadline : Math.min(owner.deadline, deadline);
        return scope;
    }

    /** Says that what this thread does until the scope is closed is done again, so that it counts against the retry budget. */
    public Scope retry() {
        Owner owner = borrowing.owner();
        Scope scope = new Scope(owner);
        owner.retry = true;
        return scope;
    }

    /** What a thread said about itself, until it is closed by the same thread. */
    public static final class Scope implements AutoCloseable {
        private final Owner owner;
        private final long deadline;
        private final boolean retry;

        private Scope(Owner owner) {
            this.owner = owner;
            this.deadline = owner.deadline;
            this.retry = owner.retry;
        }

        @Override
        public void close() {
            owner.deadline = deadline;
            owner.retry = retry;
        }
    }

    public GuardSettings settings() {
        return settings;
    }

    /**
     * Changes settings while running. Nobody that waits is stranded: who can be served by the new settings is, and when
     * nothing is held back any more everybody goes on.
     *
     * @throws IllegalArgumentException when the number of classes changes, or the limit is needed and unknown; nothing is
     *     changed then
     */
    public void change(GuardSettings wanted) {
        changes.lock();
        try {
            if (!names(wanted).equals(names(settings))) {
                throw new IllegalArgumentException("classes of callers = " + names(wanted) + ": must stay "
                        + names(settings) + " while running, because callers hold views of them");
            }
            int limit = limitOf(wanted);
            Policy policy = checked(wanted, limit);
            if (!wanted.breaker().equals(settings.breaker())
                    || wanted.retriesPerMille() != settings.retriesPerMille()
                    || wanted.retriesReserve() != settings.retriesReserve()) {
                breaker.change(wanted.breaker(), retryBudget(wanted));
            }
            settings = wanted;
            borrowing.policy(policy);
            watch.policy(policy, limit);
            gate.change(policy.rules(limit), policy.holdsBack());
        } finally {
            changes.unlock();
        }
    }

    private static List<String> names(GuardSettings of) {
        return of.classes().stream().map(CallerClass::name).toList();
    }

    /** Changes the mode of one decision while running. */
    public void mode(Decision decision, Mode mode) {
        changes.lock();
        try {
            change(settings.toBuilder().mode(decision, mode).build());
        } finally {
            changes.unlock();
        }
    }

    /** Tells of an error that the guard cannot see, for example one of a statement. @return whether it counts */
    public boolean report(SQLException error) {
        return borrowing.failed(error);
    }

    /** Who holds connections, longest first, at most 20. */
    public List<Holder> holders() {
        return watch.longest();
    }

    /**
     * Takes a connection from its holder and gives it back to the pool; using it afterwards is an SQLException. Work that is
     * still running on it may be broken, so this is only ever done on demand.
     *
     * @param id that of {@link Holder}
     * @return false when it was not suspected, or had come back
     * @throws SQLException what the pool's close throws; it counts as given back then, too
     */
    public boolean reclaim(int id) throws SQLException {
        for (GuardedConnection each : watch.holders().all()) {
            if (each.slot == id && each.suspected && each.reclaim()) {
                counters.reclaimed.increment();
                return true;
            }
        }
        return false;
    }

    /** How things stand, without taking a connection. */
    public Snapshot snapshot() {
        int waiting = gate.waiting() + borrowing.beyond().waiting();
        boolean full = gate.inUse() >= gate.limit();
        Snapshot.State state = breaker.state() != Breaker.State.CLOSED
                ? Snapshot.State.DATABASE_FAILS
                : full ? Snapshot.State.SATURATED : Snapshot.State.FREE;
        return new Snapshot(
                settings.name(),
                state,
                new Snapshot.Load(
                        gate.limit(), gate.inUse(), waiting, watch.suspects(), gate.expectedHold(), watch.p99Nanos()),
                new Snapshot.Counts(
                        counters.borrowed.sum(),
                        counters.waited.sum(),
                        counters.failed.sum(),
                        counters.nested.sum(),
                        counters.leaks.sum(),
                        counters.ownFaults.sum()),
                counters.refusals(),
                gate.wouldHaveRefused(counters.wouldHaveRefused()));
    }

    /** One beat of the guard's thread. */
    void beat() {
        try {
            watch.beat();
            if (watch.coarseNanos() - sizeReadAt >= 1_000_000_000L) {
                sizeReadAt = watch.coarseNanos();
                breaker.tick();
                followPool();
            }
            events.deliver();
        } catch (RuntimeException e) {
            watch.ownFault(e);
        }
    }

    private void followPool() {
        changes.lock();
        try {
            if (settings.limit() == GuardSettings.AS_THE_POOL && !closed) {
                int size = poolSize.read();
                int limit = size == PoolSize.UNKNOWN ? gate.limit() : watch.limit(size);
                if (limit != gate.limit()) {
                    gate.limit(limit);
                }
            }
        } finally {
            changes.unlock();
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        change(settings.toBuilder().mode(Mode.OFF).build());
        closed = true;
        heartbeat.end();
        try {
            if (registered != null) {
                GuardView.unregister(registered);
            }
        } catch (JMException e) {
            watch.ownFault(e);
        }
    }
}
