package dev.poolwright.policy.admission;

/** Who among those that wait is served next, and who is sent away (FACTS 1.8). */
public enum Discipline {
    /** The one that has waited longest. */
    FIFO,

    /**
     * The one that has waited longest, and the newest while a queue stands: its caller is the likeliest still to be
     * there. That the oldest starves meanwhile is intended; its own limits end its wait. Source: Maurer, "Fail at
     * Scale", ACM Queue 2015.
     */
    ADAPTIVE_LIFO,

    /** The one that has waited longest; while a queue stands, whoever has waited too long is dropped; see {@link Codel}. */
    CODEL
}
