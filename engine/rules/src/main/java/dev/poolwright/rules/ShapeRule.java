package dev.poolwright.rules;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Step;
import java.util.ArrayList;
import java.util.List;

/** A rule for one shape of code. */
abstract class ShapeRule extends FactRule {

    abstract Shape shape();

    /** What is wrong, one line. */
    abstract String message(CodeShape shape);

    abstract String fix();

    /** Where it happens each time the code runs; else it is a note. */
    Severity certain() {
        return Severity.NOTE;
    }

    /** Further figures; none where the rule has none. */
    List<Term> figures(Checked checked, CodeShape shape) {
        return List.of();
    }

    @Override
    List<Told> tell(Checked checked) {
        List<Told> told = new ArrayList<>();
        List<CodeShape> shapes = checked.facts().of(CodeShape.class).stream()
                .filter(one -> one.shape() == shape())
                .toList();
        for (SameCause one : SameCause.of(shapes)) {
            told.add(new Told(finding(checked, one), one.first().place()));
        }
        return told;
    }

    final Finding finding(Checked checked, SameCause cause) {
        CodeShape shape = cause.first();
        List<Term> terms = steps(shape);
        DeclaredTerms.of(checked.facts(), shape.pool()).ifPresent(terms::add);
        terms.addAll(figures(checked, shape));
        if (!shape.certain()) {
            terms.add(Terms.of("not certain", "it depends on what cannot be seen here"));
        }
        terms.addAll(cause.terms());
        return new Finding(
                code(),
                shape.certain() ? certain() : Severity.NOTE,
                message(shape),
                shape.subject(),
                terms,
                fix(),
                shape.origin());
    }

    /** What leads to it, in reading order; the place itself where the reader gave no steps. */
    static List<Term> steps(CodeShape shape) {
        List<Term> terms = new ArrayList<>();
        for (Step step : shape.steps()) {
            terms.add(Terms.of(terms.isEmpty() ? "first" : "then", step.what(), step.origin()));
        }
        if (terms.isEmpty()) {
            terms.add(Terms.of("here", shape.what(), shape.origin()));
        }
        return terms;
    }
}
