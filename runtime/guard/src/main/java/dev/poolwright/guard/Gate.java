package dev.poolwright.guard;

import dev.poolwright.policy.Clock;
import dev.poolwright.policy.admission.Admission;
import dev.poolwright.policy.admission.AdmissionSettings;
import dev.poolwright.policy.admission.Rule;
import dev.poolwright.policy.admission.Shares;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who may pass to the pool, for many threads: the counts of {@link Shares} in one word while nobody waits, and the
 * {@link Admission} under one lock while somebody does.
 *
 * <pre>
 *   word:  SATURATED? · in use by class
 *
 *   clear ── enter, exit: one compare-and-set of the word, no lock
 *     │ nothing is free: take the lock, set SATURATED, hand the counts to the admission
 *     ▼
 *   set ──── enter, exit, leave, change: under the lock, through the admission
 *     │ nobody waits any more: write the counts back, clear SATURATED
 *     ▼
 *   clear
 * </pre>
 *
 * <p>The word is written by compare-and-set while clear, and only under the lock while set. Whoever waits is parked outside
 * of the lock, so that a virtual thread gives up its carrier. A waiter that times out takes the lock and asks whether it
 * still waits: if it was granted meanwhile, the connection is its own, so a permit is neither lost nor doubled.
 *
 * <p>Thread-safe.
 */
final class Gate {

    /** Answer of {@link #enter}: the wait was as long as may be. */
    static final long GAVE_UP = -20;

    /** Answer of {@link #enter}: the thread was interrupted while it waited; the flag is set again. */
    static final long INTERRUPTED = -21;

    private static final long SATURATED = 1L << 63;

    /** Tries of the fast path before it takes the lock, so that it is bounded. */
    private static final int TRIES = 64;

    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(Gate.class, "word", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What may change while running. */
    record Rules(AdmissionSettings settings, int enforced, int observed) {}

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Admission admission;
    private final @Nullable Waiter[] waiters;

    private volatile long word;
    private volatile int limit;
    private volatile Shares shares;
    private volatile int waiting;
    private volatile long expectedHold;

    Gate(Rules rules, Clock clock) {
        this.clock = clock;
        this.admission = new Admission(rules.settings(), rules.enforced(), rules.observed());
        this.waiters = new Waiter[rules.settings().slots()];
        this.limit = rules.settings().limit();
        this.shares = rules.settings().shares();
    }

    /** Takes a connection if one is free for this class and nobody waits; no lock. */
    boolean tryEnter(int callerClass) {
        for (int i = 0; i < TRIES; i++) {
            long seen = word;
            if (seen < 0 || !shares.mayTake(seen, callerClass, limit)) {
                return false;
            }
            if (WORD.compareAndSet(this, seen, Shares.plusOne(seen, callerClass))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes a connection, waiting if need be.
     *
     * @param deadline when the caller has no use for it any more
     * @param giveUpAt when waiting ends
     * @param held connections that this caller holds
     * @return {@link Admission#ADMITTED}, {@link Admission#NOT_QUEUED}, {@code REFUSED_…}, {@link #GAVE_UP} or
     *     {@link #INTERRUPTED}
     */
    long enter(int callerClass, long deadline, long giveUpAt, int held) {
        return await(ask(callerClass, deadline, held), giveUpAt);
    }

    /** The first half of {@link #enter}: one section under the lock. The answer may be there already. */
    Waiter ask(int callerClass, long deadline, int held) {
        lock.lock();
        try {
            saturate();
            admission.expectHold(expectedHold);
            long answer = admission.ask(clock.nanos(), callerClass, deadline, held);
            Waiter waiter = new Waiter(answer, Thread.currentThread());
            if (answer < 0) {
                waiter.end(answer);
            } else {
                waiters[Admission.slotOf(answer)] = waiter;
            }
            settle();
            return waiter;
        } finally {
            lock.unlock();
        }
    }

    private long await(Waiter waiter, long giveUpAt) {
        // Ends: each round either sees an answer, or the time is over, or the thread is interrupted.
        while (waiter.answer() == Waiter.STILL_WAITING) {
            long left = giveUpAt == Admission.NEVER ? Long.MAX_VALUE : giveUpAt - clock.nanos();
            if (left <= 0) {
                return leave(waiter, GAVE_UP);
            }
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) {
                long answer = leave(waiter, INTERRUPTED);
                Thread.currentThread().interrupt();
                return answer;
            }
        }
        return waiter.answer();
    }

    /** One section under the lock. What was granted before the wait ended counts: the answer is then the admission's. */
    long leave(Waiter waiter, long why) {
        lock.lock();
        try {
            if (waiter.answer() != Waiter.STILL_WAITING) {
                return waiter.answer();
            }
            admission.leave(clock.nanos(), waiter.ticket);
            waiters[Admission.slotOf(waiter.ticket)] = null;
            settle();
            return why;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a connection back, and hands it to who waits. */
    void exit(int callerClass) {
        if (!tryExit(callerClass)) {
            handOver(callerClass);
        }
    }

    /** Gives a connection back while nobody waits; no lock. */
    boolean tryExit(int callerClass) {
        for (int i = 0; i < TRIES; i++) {
            long seen = word;
            if (seen < 0) {
                return false;
            }
            if (WORD.compareAndSet(this, seen, Shares.minusOne(seen, callerClass))) {
                return true;
            }
        }
        return false;
    }

    /** Gives a connection back in one section under the lock; right whether or not anybody waits. */
    void handOver(int callerClass) {
        lock.lock();
        try {
            saturate();
            admission.giveBack(clock.nanos(), callerClass);
            settle();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Counts a connection as in use whatever the limit, for callers that are not held back.
     *
     * @return false when so many are in use that it cannot be counted; it must not be given back then
     */
    boolean force(int callerClass) {
        for (int i = 0; i < TRIES; i++) {
            long seen = word;
            if (Shares.inUse(seen, callerClass) >= Shares.MOST) {
                return false;
            }
            if (seen < 0) {
                break;
            }
            if (WORD.compareAndSet(this, seen, Shares.plusOne(seen, callerClass))) {
                return true;
            }
        }
        lock.lock();
        try {
            saturate();
            boolean counted = Shares.inUse(admission.counts(), callerClass) < Shares.MOST;
            if (counted) {
                admission.force(callerClass);
            }
            settle();
            return counted;
        } finally {
            lock.unlock();
        }
    }

    /** The limit alone changed; who can be served now is. */
    void limit(int newLimit) {
        lock.lock();
        try {
            saturate();
            limit = newLimit;
            admission.limit(clock.nanos(), newLimit);
            settle();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Settings or modes changed.
     *
     * @param holdsBack whether anything is still enforced here; if not, everybody that waits goes on
     */
    void change(Rules rules, boolean holdsBack) {
        lock.lock();
        try {
            saturate();
            limit = rules.settings().limit();
            shares = rules.settings().shares();
            admission.change(clock.nanos(), rules.settings(), rules.enforced(), rules.observed());
            if (!holdsBack) {
                admission.grantAll();
            }
            // Once: when it clears the flag, the word is everybody's, and a second one would write old counts over it.
            settle();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock: from here on the counts are the admission's. */
    private void saturate() {
        if (word >= 0) {
            // While clear, nobody waits, which is when the admission takes counts over.
            long counts = (long) WORD.getAndBitwiseOr(this, SATURATED);
            admission.adopt(counts);
        }
    }

    /** Under the lock: tells those whose wait ended, and clears the flag when nobody waits. */
    private void settle() {
        for (long ticket = admission.poll(); ticket != Admission.NONE; ticket = admission.poll()) {
            int slot = Admission.slotOf(ticket);
            Waiter waiter = waiters[slot];
            waiters[slot] = null;
            if (waiter != null) {
                waiter.end(admission.polledHow());
            }
        }
        waiting = admission.waiting();
        word = admission.waiting() == 0 ? admission.counts() : admission.counts() | SATURATED;
    }

    /** The expected hold in nanoseconds, for the next question. */
    void expectHold(long nanos) {
        expectedHold = nanos;
    }

    long expectedHold() {
        return expectedHold;
    }

    int inUse() {
        return Shares.inUse(word);
    }

    int waiting() {
        return waiting;
    }

    int limit() {
        return limit;
    }

    /** When everybody that waits now will be served, in nanoseconds. */
    long drainNanos() {
        return (long) ((waiting + 1.0) * expectedHold / limit);
    }

    /** Adds to these counts what observed rules would have refused here, while others were enforced. */
    Map<Refusal, Long> wouldHaveRefused(Map<Refusal, Long> counts) {
        lock.lock();
        try {
            counts.merge(Refusal.WAITERS, admission.wouldHaveRefused(Rule.WAITERS), Long::sum);
            counts.merge(Refusal.DEADLINE, admission.wouldHaveRefused(Rule.DEADLINE), Long::sum);
            counts.merge(Refusal.NESTED_BORROW, admission.wouldHaveRefused(Rule.NESTED), Long::sum);
            counts.merge(Refusal.STANDING_QUEUE, admission.wouldHaveRefused(Rule.STANDING_QUEUE), Long::sum);
            return counts;
        } finally {
            lock.unlock();
        }
    }
}
