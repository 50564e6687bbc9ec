package dev.poolwright.guard;

import dev.poolwright.policy.Clock;
import dev.poolwright.policy.health.Breaker;
import dev.poolwright.policy.health.BreakerSettings;
import dev.poolwright.policy.health.RetryBudget;
import java.util.concurrent.locks.ReentrantLock;

/**
 * {@link Breaker} and {@link RetryBudget} for many threads. While all is well a borrow reads one flag; successes are taken
 * from the counter of borrows when they are needed. Thread-safe.
 */
final class DatabaseBreaker {

    private final Clock clock;
    private final Counters counters;
    private final ReentrantLock lock = new ReentrantLock();
    private Breaker breaker;
    private RetryBudget retries;
    private long counted;
    private long countedForRetries;
    private volatile boolean closed = true;

    DatabaseBreaker(BreakerSettings settings, RetryBudget retries, Clock clock, Counters counters) {
        this.breaker = new Breaker(settings);
        this.retries = retries;
        this.clock = clock;
        this.counters = counters;
    }

    boolean isClosed() {
        return closed;
    }

    Breaker.State state() {
        lock.lock();
        try {
            return breaker.state();
        } finally {
            lock.unlock();
        }
    }

    Breaker.Answer ask() {
        lock.lock();
        try {
            return breaker.ask(clock.nanos());
        } finally {
            lock.unlock();
        }
    }

    /** @return whether the breaker opened by this */
    boolean failed() {
        lock.lock();
        try {
            long now = clock.nanos();
            breaker.succeeded(now, newSuccesses());
            Breaker.State before = breaker.state();
            breaker.failed(now);
            closed = breaker.state() == Breaker.State.CLOSED;
            return before == Breaker.State.CLOSED && !closed;
        } finally {
            lock.unlock();
        }
    }

    /** @return whether the breaker closed by this */
    boolean probeSucceeded() {
        lock.lock();
        try {
            boolean before = closed;
            breaker.probeSucceeded(clock.nanos());
            closed = breaker.state() == Breaker.State.CLOSED;
            if (closed && !before) {
                newSuccesses();
            }
            return closed && !before;
        } finally {
            lock.unlock();
        }
    }

    void probeUndecided() {
        lock.lock();
        try {
            breaker.probeUndecided();
        } finally {
            lock.unlock();
        }
    }

    boolean mayRetry() {
        lock.lock();
        try {
            long now = clock.nanos();
            countCalls(now);
            return retries.mayRetry(now);
        } finally {
            lock.unlock();
        }
    }

    /** Each second, so that calls are counted in about the second in which they were made. */
    void tick() {
        lock.lock();
        try {
            long now = clock.nanos();
            countCalls(now);
            breaker.succeeded(now, newSuccesses());
        } finally {
            lock.unlock();
        }
    }

    long retryAfterNanos(boolean ofBreaker) {
        lock.lock();
        try {
            return ofBreaker ? breaker.retryAfterNanos(clock.nanos()) : retries.retryAfterNanos(clock.nanos());
        } finally {
            lock.unlock();
        }
    }

    /** Begins anew with other settings. */
    void change(BreakerSettings settings, RetryBudget newRetries) {
        lock.lock();
        try {
            breaker = new Breaker(settings);
            retries = newRetries;
            closed = true;
            newSuccesses();
        } finally {
            lock.unlock();
        }
    }

    private void countCalls(long now) {
        long all = counters.borrowed.sum();
        retries.called(now, (int) Math.min(Integer.MAX_VALUE, Math.max(0, all - countedForRetries)));
        countedForRetries = all;
    }

    private long newSuccesses() {
        long all = counters.borrowed.sum();
        long fresh = Math.max(0, all - counted);
        counted = all;
        return fresh;
    }
}
