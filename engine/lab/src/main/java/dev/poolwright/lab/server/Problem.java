package dev.poolwright.lab.server;

/**
 * One thing that stands between the user and a run.
 *
 * @param what what is wrong, with its value and unit and what is allowed; never a secret
 * @param action what to do about it
 */
public record Problem(String what, String action) {

    public Problem {
        if (what.isBlank() || action.isBlank()) {
            throw new IllegalArgumentException("a problem says what is wrong and what to do: " + what + " / " + action);
        }
    }

    /** Both on one line, as printed. */
    @Override
    public String toString() {
        return what + "; do: " + action;
    }
}
