package dev.poolwright.guard;

import dev.poolwright.policy.Clock;
import dev.poolwright.policy.admission.AdaptiveLimit;
import dev.poolwright.policy.admission.HoldTimes;
import dev.poolwright.policy.health.FloorTest;
import dev.poolwright.policy.health.LeakByTime;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the guard sees besides letting through: holds, leaks, the floor of use, nested borrows; and the coarse clock. Told by
 * borrowers on the way, and by the heartbeat every {@link #BEAT_NANOS}. Thread-safe.
 */
final class Watch {

    /** The step of the coarse clock. */
    static final long BEAT_NANOS = 10_000_000;

    /** A pool that makes a caller wait longer, while the guard saw a free connection, is connecting or smaller than it says. */
    static final long POOL_SLOW_NANOS = 100_000_000;

    private static final long SECOND_NANOS = 1_000_000_000;

    /** How long each borrow's place is taken after something was suspected. */
    private static final long ALERT_NANOS = 60 * SECOND_NANOS;

    private static final int SHOWN = 20;

    private final Clock clock;
    private final Gate gate;
    private final Holders holders;
    private final Counters counters;
    private final Events events;
    private final ReentrantLock lock = new ReentrantLock();
    private final HoldTimes holds = new HoldTimes();
    private final FloorTest floorTest = new FloorTest();
    private AdaptiveLimit adaptive;
    private long windowEnd;
    private long secondEnd;

    private volatile Policy policy;
    private volatile long coarse;
    private volatile long alertUntil;
    private volatile boolean alert;
    private volatile long p99;
    private volatile int suspects;
    private volatile boolean nestedShown;
    /** The least use of the window so far; a lost race costs one sample of many, so it is not guarded. */
    private volatile int floor = Integer.MAX_VALUE;

    Watch(Gate gate, Holders holders, Counters counters, Events events, Policy policy, Clock clock) {
        this.gate = gate;
        this.holders = holders;
        this.counters = counters;
        this.events = events;
        this.policy = policy;
        this.clock = clock;
        this.adaptive = adaptive(policy, gate.limit());
        this.coarse = clock.nanos();
        this.secondEnd = coarse + SECOND_NANOS;
        this.windowEnd = coarse + policy.settings().floorWindow().toNanos();
    }

    private static AdaptiveLimit adaptive(Policy policy, int limit) {
        return new AdaptiveLimit(Math.min(policy.settings().adaptiveLeast(), limit), limit);
    }

    Holders holders() {
        return holders;
    }

    Counters counters() {
        return counters;
    }

    /** The moment of the last beat. */
    long coarseNanos() {
        return coarse;
    }

    /** Whether each borrow's place is taken for now. */
    boolean isAlert() {
        return alert;
    }

    /** Whether the place of a nested borrow is still to be shown: places cost, so a habit is shown in full once. */
    boolean wantsNested() {
        return !nestedShown && policy.mode(Decision.NESTED_BORROW) != Mode.OFF;
    }

    int suspects() {
        return suspects;
    }

    long p99Nanos() {
        return p99;
    }

    void policy(Policy newPolicy, int limit) {
        lock.lock();
        try {
            policy = newPolicy;
            adaptive = adaptive(newPolicy, limit);
            windowEnd = clock.nanos() + newPolicy.settings().floorWindow().toNanos();
        } finally {
            lock.unlock();
        }
    }

    /** @return the limit for a pool of this size: lower when the adaptive limit is enforced */
    int limit(int poolSize) {
        lock.lock();
        try {
            int limit = adaptive.most(poolSize);
            return policy.mode(Decision.ADAPTIVE_LIMIT) == Mode.ENFORCE ? limit : poolSize;
        } finally {
            lock.unlock();
        }
    }

    /** A sampled hold ended; a sample is left out rather than waited for. */
    void held(long nanos, int inUse) {
        if (lock.tryLock()) {
            try {
                holds.record(nanos);
                gate.expectHold(holds.meanNanos());
                adapt(inUse, nanos > policy.settings().adaptiveSlow().toNanos());
            } finally {
                lock.unlock();
            }
        }
    }

    void databaseFault(int inUse) {
        if (policy.mode(Decision.ADAPTIVE_LIMIT) != Mode.OFF) {
            lock.lock();
            try {
                adapt(inUse, true);
            } finally {
                lock.unlock();
            }
        }
    }

    private void adapt(int inUse, boolean bad) {
        Mode mode = policy.mode(Decision.ADAPTIVE_LIMIT);
        if (mode == Mode.OFF) {
            return;
        }
        int limit = adaptive.ended(clock.nanos(), inUse, bad);
        if (mode == Mode.ENFORCE && limit != gate.limit()) {
            gate.limit(limit);
        }
    }

    /** So many were in use after an end. */
    void inUse(int count) {
        if (count < floor) {
            floor = count;
        }
    }

    /** A caller goes on to wait at the pool, because nothing is enforced here: what would have been said? */
    void beyond(Owner caller, int callerClass, Beyond beyond) {
        Policy now = policy;
        GuardSettings settings = now.settings();
        long needed = settings.needHolds() * meanNanos() + beyond.waiting() * meanNanos() / gate.limit();
        if (now.mode(Decision.NESTED_BORROW) != Mode.OFF && caller.heldBeyond > 0 && beyond.held() >= gate.inUse()) {
            counters.wouldRefuse(Refusal.NESTED_BORROW);
            saturated(caller, true);
        } else if (now.mode(Decision.WAITERS) != Mode.OFF
                && beyond.waiting(callerClass)
                        > settings.classes().get(callerClass).waiters()) {
            counters.wouldRefuse(Refusal.WAITERS);
            saturated(caller, false);
        } else if (now.mode(Decision.DEADLINE) != Mode.OFF
                && caller.deadline != Long.MAX_VALUE
                && caller.deadline - clock.nanos() < needed) {
            counters.wouldRefuse(Refusal.DEADLINE);
            saturated(caller, false);
        }
    }

    private long meanNanos() {
        return gate.expectedHold();
    }

    /**
     * Callers are refused, or would be.
     *
     * @return what the message says besides, empty or beginning with a comma
     */
    String saturated(Owner caller, boolean nested) {
        if (events.isDue(GuardEvent.Kind.SATURATED, coarse)) {
            events.add(
                    GuardEvent.Kind.SATURATED,
                    String.format(
                            Locale.ROOT,
                            "saturated, not down: in use = %d of %d, waiting = %d, usual hold = %.1f ms",
                            gate.inUse(),
                            gate.limit(),
                            gate.waiting(),
                            meanNanos() / 1e6),
                    longest());
        }
        GuardedConnection outer = nested ? caller.newest() : null;
        return outer == null ? "" : ", holds one from " + text(outer.place) + " and wants another from " + Place.here();
    }

    /** A thread that holds a connection borrowed another one. */
    void nested(GuardedConnection inner, GuardedConnection outer) {
        if (policy.mode(Decision.NESTED_BORROW) == Mode.OFF) {
            return;
        }
        counters.nested.increment();
        if (outer.place == null || inner.place == null) {
            if (!nestedShown) {
                alert();
            }
        } else if (events.isDue(GuardEvent.Kind.NESTED_BORROW, coarse)) {
            nestedShown = true;
            events.add(
                    GuardEvent.Kind.NESTED_BORROW,
                    "thread " + inner.owner.thread.getName()
                            + " borrowed a connection while it holds one; holds it from " + text(outer.place)
                            + ", wants another from " + text(inner.place),
                    List.of());
        }
    }

    void poolWasSlow(long nanos) {
        if (events.isDue(GuardEvent.Kind.POOL_SLOWER_THAN_GUARD, coarse)) {
            events.add(
                    GuardEvent.Kind.POOL_SLOWER_THAN_GUARD,
                    "down or connecting, not saturated: the pool took " + nanos / 1_000_000 + " ms with in use = "
                            + gate.inUse() + " of " + gate.limit(),
                    List.of());
        }
    }

    void breakerOpened(SQLException cause) {
        events.add(
                GuardEvent.Kind.BREAKER_OPENED,
                "the database fails with SQLSTATE " + cause.getSQLState() + "; calls are "
                        + (policy.mode(Decision.BREAKER) == Mode.ENFORCE ? "held back" : "counted, not held back"),
                List.of());
    }

    void breakerClosed() {
        events.add(GuardEvent.Kind.BREAKER_CLOSED, "the database answers again", List.of());
    }

    void limitUnknown(String pool) {
        events.add(
                GuardEvent.Kind.LIMIT_UNKNOWN,
                "limit = unknown: the size of " + pool + " cannot be read; set limit, or nothing can be held back",
                List.of());
    }

    /** The guard itself went wrong. */
    void ownFault(Exception fault) {
        counters.ownFaults.increment();
        if (events.isDue(GuardEvent.Kind.OWN_FAULT, coarse)) {
            events.add(GuardEvent.Kind.OWN_FAULT, "a fault of the guard's own, callers go on: " + fault, List.of());
        }
    }

    /** One beat: the coarse clock steps, and once in a second the holders are looked through. */
    void beat() {
        long now = clock.nanos();
        coarse = now;
        if (now - secondEnd >= 0) {
            secondEnd = now + SECOND_NANOS;
            alert = now - alertUntil < 0 && alertUntil != 0;
            leaksByTime(now);
            leaksByFloor(now);
        }
    }

    private void leaksByTime(long now) {
        if (policy.mode(Decision.LEAK) == Mode.OFF) {
            suspects = 0;
            return;
        }
        LeakByTime leak = policy.settings().leak();
        lock.lock();
        try {
            p99 = holds.quantileNanos(0.99);
        } finally {
            lock.unlock();
        }
        int found = 0;
        for (GuardedConnection each : holders.all()) {
            if (leak.isSuspect(now - each.borrowedAt, p99)) {
                found += suspect(each, now) ? 1 : 0;
            }
        }
        suspects = found;
    }

    private boolean suspect(GuardedConnection each, long now) {
        try {
            if (each.endIfClosedUnderneath()) {
                counters.closedUnderneath.increment();
                return false;
            }
        } catch (SQLException | RuntimeException e) {
            counters.ownFaults.increment();
        }
        if (!each.suspected) {
            each.suspected = true;
            counters.leaks.increment();
            alert();
            Holder holder = holder(each, now);
            events.add(
                    GuardEvent.Kind.LEAK_SUSPECTED,
                    "held for " + holder.held().toMillis() + " ms and not given back, borrowed from "
                            + text(each.place),
                    List.of(holder));
        }
        return true;
    }

    /** A connection that was suspected ended. */
    void leakEnded(GuardedConnection connection) {
        events.add(
                GuardEvent.Kind.LEAK_ENDED,
                "a suspected connection came back after " + (coarse - connection.borrowedAt) / 1_000_000 + " ms, from "
                        + text(connection.place),
                List.of());
    }

    private void leaksByFloor(long now) {
        if (now - windowEnd < 0) {
            return;
        }
        windowEnd = now + policy.settings().floorWindow().toNanos();
        int inUse = gate.inUse();
        int least = Math.min(floor, inUse);
        floor = inUse;
        if (floorTest.windowEnded(least)
                && policy.mode(Decision.LEAK) != Mode.OFF
                && events.isDue(GuardEvent.Kind.FLOOR_RISES, now)) {
            alert();
            events.add(
                    GuardEvent.Kind.FLOOR_RISES,
                    String.format(
                            Locale.ROOT,
                            "the fewest connections in use rise by %.2f in each window of %d ms: connections leak",
                            floorTest.slope(),
                            policy.settings().floorWindow().toMillis()),
                    longest());
        }
    }

    private void alert() {
        alertUntil = coarse + ALERT_NANOS;
        alert = true;
    }

    /** Those that hold longest, first. */
    List<Holder> longest() {
        return holders.all().stream()
                .sorted((a, b) -> Long.compare(a.borrowedAt - coarse, b.borrowedAt - coarse))
                .limit(SHOWN)
                .map(each -> holder(each, coarse))
                .toList();
    }

    private static Holder holder(GuardedConnection each, long now) {
        return new Holder(
                each.slot,
                each.owner.thread.getName(),
                java.time.Duration.ofNanos(Math.max(0, now - each.borrowedAt)),
                each.place == null ? "" : each.place.toString());
    }

    private static String text(@Nullable Place place) {
        return place == null ? "a place that was not taken" : place.toString();
    }
}
