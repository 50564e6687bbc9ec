package dev.poolwright.rules;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import java.util.ArrayList;
import java.util.List;

/** A pool is made before the process forks, or shared by several event loops: its sockets are in two hands. */
final class PW046ForkOrLoops extends FactRule {

    @Override
    public String code() {
        return "PW046";
    }

    @Override
    List<Told> tell(Checked checked) {
        List<Told> told = new ArrayList<>();
        for (CodeShape one : checked.facts().of(CodeShape.class)) {
            if (one.shape() == Shape.POOL_BEFORE_FORK || one.shape() == Shape.SHARED_BY_LOOPS) {
                told.add(new Told(finding(checked, one), one.place()));
            }
        }
        told.addAll(Preloaded.tell(code(), checked.facts()));
        return told;
    }

    private Finding finding(Checked checked, CodeShape shape) {
        boolean fork = shape.shape() == Shape.POOL_BEFORE_FORK;
        List<Term> terms = ShapeRule.steps(shape);
        DeclaredTerms.of(checked.facts(), shape.pool()).ifPresent(terms::add);
        return new Finding(
                code(),
                Severity.NOTE,
                fork
                        ? shape.subject() + " makes a pool before the processes are forked: " + shape.what()
                        : shape.subject() + " shares a pool between event loops: " + shape.what(),
                shape.subject(),
                terms,
                fork
                        ? "make the pool after the fork, or dispose of it in the child without closing"
                        : "one pool for each event loop, or NullPool where loops come and go",
                shape.origin());
    }
}
