package dev.poolwright.rules;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A pool is made by each call, request, tenant or object, so that nothing bounds how many connections there are. */
final class PW045PoolPerCall extends FactRule {

    @Override
    public String code() {
        return "PW045";
    }

    @Override
    List<Told> tell(Checked checked) {
        List<Told> told = new ArrayList<>();
        for (CodeShape one : checked.facts().of(CodeShape.class)) {
            if (one.shape() == Shape.POOL_PER_CALL) {
                List<Term> terms = ShapeRule.steps(one);
                DeclaredTerms.of(checked.facts(), one.pool()).ifPresent(terms::add);
                told.add(new Told(
                        finding(
                                one.certain() ? Severity.WARNING : Severity.NOTE,
                                one.subject(),
                                one.subject() + " makes a pool of its own each time: " + one.what(),
                                terms,
                                one.origin()),
                        one.place()));
            }
        }
        Set<String> seen =
                told.stream().map(one -> place(one.finding().origin())).collect(Collectors.toSet());
        for (DeclaredPool pool : checked.facts().of(DeclaredPool.class)) {
            if (pool.scope() == DeclaredPool.Scope.CALL && seen.add(place(pool.origin()))) {
                List<Term> terms = new ArrayList<>();
                DeclaredTerms.of(checked.facts(), pool.name()).ifPresent(terms::add);
                told.add(new Told(
                        finding(
                                Severity.NOTE,
                                pool.name(),
                                pool.name() + " is made where it is called, and nothing shows that it is kept; it is"
                                        + " not counted",
                                terms,
                                pool.origin()),
                        pool.place()));
            }
        }
        return told;
    }

    private static String place(Origin origin) {
        return origin.file() + ":" + origin.line();
    }

    private Finding finding(Severity severity, String subject, String message, List<Term> terms, Origin origin) {
        return new Finding(
                code(),
                severity,
                message,
                subject,
                terms,
                "one pool for the process, made once and handed to whoever needs it",
                origin);
    }
}
