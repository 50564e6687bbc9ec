package dev.poolwright.lab.run;

import dev.poolwright.policy.Clock;
import java.util.concurrent.locks.LockSupport;

/** Time of one run: nanoseconds since its begin, and waiting until a moment of it. Thread-safe. */
final class RunClock implements Clock {

    private final Clock clock;
    private volatile long begin;

    /** Begins now. */
    RunClock(Clock clock) {
        this(clock, 0);
    }

    /** Began so long ago. */
    RunClock(Clock clock, long elapsedNanos) {
        this.clock = clock;
        this.begin = clock.nanos() - elapsedNanos;
    }

    /** Begins anew, once everything is prepared. */
    void beginNow() {
        begin = clock.nanos();
    }

    @Override
    public long nanos() {
        return clock.nanos() - begin;
    }

    /** Waits until the moment; earlier when interrupted, which the caller sees by {@link Thread#isInterrupted()}. */
    void await(long moment) {
        long left = moment - nanos();
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(left);
            left = moment - nanos();
        }
    }
}
