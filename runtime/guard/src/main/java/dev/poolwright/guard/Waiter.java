package dev.poolwright.guard;

import java.util.concurrent.locks.LockSupport;

/** One caller that waits at the gate. What became of it is written once, under the gate's lock, and read by its thread. */
final class Waiter {

    static final long STILL_WAITING = Long.MIN_VALUE;

    final long ticket;
    private final Thread thread;
    private volatile long answer = STILL_WAITING;

    Waiter(long ticket, Thread thread) {
        this.ticket = ticket;
        this.thread = thread;
    }

    long answer() {
        return answer;
    }

    void end(long how) {
        answer = how;
        LockSupport.unpark(thread);
    }
}
