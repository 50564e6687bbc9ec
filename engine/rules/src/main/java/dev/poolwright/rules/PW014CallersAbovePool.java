package dev.poolwright.rules;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.library.PoolLibraries;
import java.util.ArrayList;
import java.util.List;

/** Many more callers than connections: whoever is late waits, and a slow moment of the server fills the queue at once. */
final class PW014CallersAbovePool extends PoolRule {

    /** Callers seldom hold a connection all the time; up to this many share one without being noticed. */
    private static final long FAR = 2;

    @Override
    public String code() {
        return "PW014";
    }

    @Override
    List<Finding> check(Fleet fleet, Service service, Pool pool) {
        List<Finding> found = new ArrayList<>();
        if (!pool.sizing().size().complete() || !pool.sizing().overflow().complete()) {
            return found;
        }
        long most = pool.sizing().size().possible().stream()
                .flatMap(size -> pool.sizing().overflow().possible().stream()
                        .map(overflow -> PoolLibraries.most(service.stackOf(pool), pool.kind(), size, overflow)))
                .mapToLong(Limit::count)
                .max()
                .orElse(Long.MAX_VALUE);
        for (Service.ProcessKind kind : service.processes().values()) {
            boolean has = pool.process().isEmpty() || pool.process().equals(kind.name());
            long callers = kind.callers().possible().stream()
                    .filter(Limit::bounded)
                    .mapToLong(Limit::count)
                    .min()
                    .orElse(0);
            if (has && most > 0 && most < Long.MAX_VALUE / FAR && callers > FAR * most) {
                found.add(finding(service, pool, kind, most, callers));
            }
        }
        return found;
    }

    private Finding finding(Service service, Pool pool, Service.ProcessKind kind, long most, long callers) {
        String name = service.name() + "/" + pool.name();
        List<Term> terms = new ArrayList<>();
        terms.add(Terms.of(
                "callers of " + kind.name(), kind.callers(), kind.callers().origin()));
        kind.callers().trail().forEach(step -> terms.add(Terms.of("among them", step.what(), step.origin())));
        terms.add(Terms.of("size + overflow", most, pool.sizing().size().origin()));
        terms.add(Terms.of("callers for each connection", Math.round((double) callers / most)));
        terms.add(Terms.wait("acquire timeout", pool.waiting().acquireTimeout()));
        return new Finding(
                code(),
                Severity.NOTE,
                callers + " callers share the " + most + (most == 1 ? " connection of " : " connections of ") + name,
                name,
                terms,
                "fewer callers, or a bound before the pool; a larger pool only where the server has room",
                pool.origin());
    }

    /** Nothing bounds them at all, as the code shows it. */
    @Override
    List<Finding> fromFacts(Checked checked) {
        List<FactRule.Told> told = new ArrayList<>();
        for (CodeShape shape : checked.facts().of(CodeShape.class)) {
            if (shape.shape() == Shape.UNBOUNDED_CALLERS) {
                List<Term> terms = ShapeRule.steps(shape);
                DeclaredTerms.of(checked.facts(), shape.pool()).ifPresent(terms::add);
                told.add(new FactRule.Told(
                        new Finding(
                                code(),
                                Severity.NOTE,
                                "nothing bounds how many callers of " + shape.subject() + " ask the pool at once: "
                                        + shape.what(),
                                shape.subject(),
                                terms,
                                "a bound on the callers that fits the pool",
                                shape.origin()),
                        shape.place()));
            }
        }
        return FactRule.sorted(told, code());
    }
}
