package dev.poolwright.files.problem;

import dev.poolwright.model.fleet.Origin;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects problems; the same one found twice (once for each environment) counts once. Single-threaded. */
public final class ProblemList {

    private static final int MOST = 10_000;

    private final Set<Problem> found = new LinkedHashSet<>();

    /** Nothing found yet. */
    public ProblemList() {}

    public void add(Problem problem) {
        if (found.size() < MOST) {
            found.add(problem);
        }
    }

    /** A problem of the whole file. */
    public void add(String what, Origin origin, String allowed, String todo) {
        add(new Problem(what, "", "", origin, allowed, todo));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Throws all that was found, in order of place; does nothing when there is nothing. */
    public void throwIfAny() throws Problems {
        if (!found.isEmpty()) {
            throw new Problems(inOrder());
        }
    }

    private List<Problem> inOrder() {
        Comparator<Problem> byPlace =
                Comparator.comparing(problem -> problem.origin().file());
        return found.stream()
                .sorted(byPlace.thenComparingInt(problem -> problem.origin().line())
                        .thenComparingInt(problem -> problem.origin().column()))
                .toList();
    }
}
