package dev.poolwright.policy.admission;

/** The rules of an {@link Admission}; each is enforced, only counted, or off. */
public enum Rule {
    /** No more waiters of a class than its bound. */
    WAITERS(0),
    /** Nobody waits who cannot be done by the caller's deadline. */
    DEADLINE(1),
    /** Whoever holds a connection never waits for another when every holder waits. */
    NESTED(2),
    /** Whoever waited too long while a queue stands is dropped; only with {@link Discipline#CODEL}. */
    STANDING_QUEUE(3);

    static final int COUNT = 4;

    private final int index;

    Rule(int index) {
        this.index = index;
    }

    /** The place of this rule in a table by rule. */
    int index() {
        return index;
    }

    /** The bit of this rule in a set of rules. */
    public int bit() {
        return 1 << index;
    }

    /** The set of all rules. */
    public static int all() {
        return (1 << COUNT) - 1;
    }
}
