package dev.poolwright.guard;

/** What a decision of the guard does with its answer. */
public enum Mode {
    /** The decision is not asked. */
    OFF,
    /** The decision is asked and counted, and nobody is refused. */
    OBSERVE,
    /** The decision refuses. */
    ENFORCE
}
