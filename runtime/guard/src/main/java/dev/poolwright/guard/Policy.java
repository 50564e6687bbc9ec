package dev.poolwright.guard;

import dev.poolwright.policy.admission.Rule;

/**
 * Settings, and what follows from their modes.
 *
 * @param holdsBack whether callers wait at the guard; else they go on to the pool, counted
 */
record Policy(GuardSettings settings, boolean holdsBack) {

    /** The most that wait at the guard in all, whatever the settings say later. */
    static final int SLOTS = 4_096;

    static Policy of(GuardSettings settings) {
        boolean holdsBack = false;
        for (Decision decision : Decision.values()) {
            holdsBack |= decision.usesGate() && settings.mode(decision) == Mode.ENFORCE;
        }
        return new Policy(settings, holdsBack);
    }

    Mode mode(Decision decision) {
        return settings.mode(decision);
    }

    Gate.Rules rules(int limit) {
        return new Gate.Rules(settings.admission(limit, SLOTS), bits(Mode.ENFORCE), bits(Mode.OBSERVE));
    }

    private int bits(Mode mode) {
        int bits = mode(Decision.WAITERS) == mode ? Rule.WAITERS.bit() : 0;
        bits |= mode(Decision.DEADLINE) == mode ? Rule.DEADLINE.bit() : 0;
        bits |= mode(Decision.NESTED_BORROW) == mode ? Rule.NESTED.bit() : 0;
        return bits | (mode(Decision.STANDING_QUEUE) == mode ? Rule.STANDING_QUEUE.bit() : 0);
    }
}
