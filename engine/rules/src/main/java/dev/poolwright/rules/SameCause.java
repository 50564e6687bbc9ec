package dev.poolwright.rules;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shapes that end in the same line: one slow helper that many handlers reach is one thing to mend.
 *
 * @param first the one to show: certain before possible, then the nearest to the cause
 * @param others the rest, as they were read
 */
record SameCause(CodeShape first, List<CodeShape> others) {

    /** More places than this are counted and not listed. */
    private static final int MOST_PLACES = 20;

    SameCause {
        others = List.copyOf(others);
    }

    /** In the order of the first of each. */
    static List<SameCause> of(List<CodeShape> shapes) {
        Map<String, List<CodeShape>> together = new LinkedHashMap<>();
        for (CodeShape shape : shapes) {
            together.computeIfAbsent(cause(shape), key -> new ArrayList<>()).add(shape);
        }
        List<SameCause> causes = new ArrayList<>();
        for (List<CodeShape> same : together.values()) {
            CodeShape first = same.stream()
                    .min(Comparator.<CodeShape, Boolean>comparing(one -> !one.certain())
                            .thenComparingInt(one -> one.steps().size()))
                    .orElseThrow();
            causes.add(new SameCause(
                    first, same.stream().filter(one -> !one.equals(first)).toList()));
        }
        return causes;
    }

    private static String cause(CodeShape shape) {
        Origin last = shape.steps().isEmpty()
                ? shape.origin()
                : shape.steps().getLast().origin();
        return shape.place() + " " + last.file() + ":" + last.line();
    }

    /** Where else it comes from. */
    List<Term> terms() {
        List<Term> terms = new ArrayList<>();
        others.stream().limit(MOST_PLACES).forEach(one -> terms.add(Terms.of("also", one.subject(), one.origin())));
        if (others.size() > MOST_PLACES) {
            terms.add(Terms.of("and", others.size() - MOST_PLACES + " more"));
        }
        return terms;
    }
}
