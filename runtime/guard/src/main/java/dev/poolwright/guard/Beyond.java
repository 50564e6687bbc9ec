package dev.poolwright.guard;

import java.util.concurrent.atomic.AtomicInteger;

/** Callers that found nothing free and were not held back, so that they wait at the pool itself. Thread-safe. */
final class Beyond {

    private final AtomicInteger[] waiting = {
        new AtomicInteger(), new AtomicInteger(), new AtomicInteger(), new AtomicInteger()
    };
    private final AtomicInteger held = new AtomicInteger();

    void enter(Owner caller, int callerClass) {
        caller.heldBeyond = caller.held();
        held.addAndGet(caller.heldBeyond);
        waiting[callerClass].incrementAndGet();
    }

    void leave(Owner caller, int callerClass) {
        waiting[callerClass].decrementAndGet();
        held.addAndGet(-caller.heldBeyond);
        caller.heldBeyond = 0;
    }

    int waiting(int callerClass) {
        return waiting[callerClass].get();
    }

    int waiting() {
        return waiting(0) + waiting(1) + waiting(2) + waiting(3);
    }

    /** Connections held by callers that wait for another one. */
    int held() {
        return held.get();
    }
}
