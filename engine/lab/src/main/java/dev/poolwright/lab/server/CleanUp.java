package dev.poolwright.lab.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What an end of a run took away and what it had to leave.
 *
 * @param took how long it worked
 * @param removed one plain line for each thing that is gone
 * @param leftovers what is still there, or could not be looked for; any makes the run INVALID
 */
public record CleanUp(Duration took, List<String> removed, List<Problem> leftovers) {

    /** How long an end may take; beyond it is itself a problem (R31). */
    public static final Duration LIMIT = Duration.ofSeconds(5);

    public CleanUp {
        List<Problem> all = new ArrayList<>(leftovers);
        if (took.compareTo(LIMIT) > 0) {
            all.add(new Problem(
                    "clean-up took " + took.toMillis() + " ms; allowed are " + LIMIT.toMillis() + " ms",
                    "look at what the server was busy with; the figures of this run do not count"));
        }
        removed = List.copyOf(removed);
        leftovers = List.copyOf(all);
    }

    static CleanUp nothing() {
        return new CleanUp(Duration.ZERO, List.of(), List.of());
    }

    /** Nothing is left, and that was looked up. */
    public boolean clean() {
        return leftovers.isEmpty();
    }

    /** @throws ServerRefusal naming what is left, if anything is */
    public void orThrow() {
        if (!clean()) {
            throw new ServerRefusal(leftovers);
        }
    }
}
