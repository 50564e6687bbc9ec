package dev.poolwright.model.finding;

/**
 * A finding that somebody accepted, so that it fails nothing.
 *
 * @param by how
 * @param reason in their words; never blank for a comment
 */
public record Accepted(Finding finding, By by, String reason) {

    /** How a finding is accepted. */
    public enum By {
        /** A comment beside the line, with a reason. */
        COMMENT,
        /** It was there when the baseline was written. */
        BASELINE
    }
}
