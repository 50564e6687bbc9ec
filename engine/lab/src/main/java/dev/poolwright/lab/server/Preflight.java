package dev.poolwright.lab.server;

import java.util.List;
import java.util.Optional;

/**
 * What was found before any load.
 *
 * @param problems everything that is missing, at once; empty: the run may begin
 * @param placement where the run will keep what it makes; empty if nowhere
 * @param ownRole whether a role for the run is wanted and may be created
 * @param sentences what the run will do first and at most, for printing
 */
public record Preflight(
        List<Problem> problems, Optional<Placement> placement, boolean ownRole, List<String> sentences) {

    public Preflight {
        problems = List.copyOf(problems);
        sentences = List.copyOf(sentences);
    }

    static Preflight refused(List<Problem> problems) {
        return new Preflight(problems, Optional.empty(), false, List.of());
    }

    /** @throws ServerRefusal with all the problems, if there are any */
    public Preflight orThrow() {
        if (!problems.isEmpty()) {
            throw new ServerRefusal(problems);
        }
        return this;
    }
}
