package dev.poolwright.rules;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import java.util.ArrayList;
import java.util.List;

/** A session or connection is not given back on every way out: no {@code finally}, or a generator that is left open. */
final class PW044NotAlwaysClosed extends FactRule {

    @Override
    public String code() {
        return "PW044";
    }

    @Override
    List<Told> tell(Checked checked) {
        List<Told> told = new ArrayList<>();
        for (CodeShape one : checked.facts().of(CodeShape.class)) {
            if (one.shape() == Shape.NOT_ALWAYS_CLOSED || one.shape() == Shape.GENERATOR_LEFT_OPEN) {
                told.add(new Told(finding(checked, one), one.place()));
            }
        }
        return told;
    }

    private Finding finding(Checked checked, CodeShape shape) {
        boolean generator = shape.shape() == Shape.GENERATOR_LEFT_OPEN;
        List<Term> terms = ShapeRule.steps(shape);
        DeclaredTerms.of(checked.facts(), shape.pool()).ifPresent(terms::add);
        return new Finding(
                code(),
                generator && shape.certain() ? Severity.WARNING : Severity.NOTE,
                generator
                        ? shape.subject() + " leaves a generator of sessions open: " + shape.what()
                        : shape.subject() + " does not give a connection back on every way out: " + shape.what(),
                shape.subject(),
                terms,
                generator
                        ? "a context manager around the session, or close the generator when it has yielded"
                        : "give it back in a finally, or with the language's own block for it",
                shape.origin());
    }
}
