package dev.poolwright.model.library;

/**
 * Whether a pool class works with an engine.
 *
 * @param answer the kind of answer
 * @param text the library's own error text to the letter for {@link Answer#FAILS}; what goes wrong for {@link Answer#HAZARD};
 *     what would settle it for {@link Answer#UNKNOWN}; empty for {@link Answer#WORKS}
 * @param link where the library explains it; empty for none
 */
public record Compatibility(Answer answer, String text, String link) {

    static final Compatibility WORKS = new Compatibility(Answer.WORKS, "", "");

    /** The kinds of answer. */
    public enum Answer {
        WORKS,
        /** Refused by the library at start or at first use. */
        FAILS,
        /** Runs, and is dangerous. */
        HAZARD,
        UNKNOWN
    }
}
