package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import java.util.ArrayList;
import java.util.List;

/** Findings of one kind that are told as one note, so that many pools do not make a note for each pair of them. */
final class Together {

    private static final int MOST_TERMS = 12;

    private Together() {}

    /** One finding stays as it is, as a note; several become one with the figures of all. */
    static List<Finding> notes(String code, List<Finding> all, String message) {
        if (all.size() < 2) {
            return all.stream().map(one -> one.withSeverity(Severity.NOTE)).toList();
        }
        List<Term> every =
                all.stream().flatMap(one -> one.terms().stream()).distinct().toList();
        List<Term> terms = new ArrayList<>(every.subList(0, Math.min(MOST_TERMS, every.size())));
        if (every.size() > terms.size()) {
            terms.add(Terms.of("and", every.size() - terms.size() + " more"));
        }
        Finding first = all.get(0);
        return List.of(new Finding(code, Severity.NOTE, message, first.subject(), terms, first.fix(), first.origin()));
    }
}
