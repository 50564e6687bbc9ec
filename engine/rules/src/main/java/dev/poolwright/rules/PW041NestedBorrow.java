package dev.poolwright.rules;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.library.PoolLibraries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Callers hold a connection while they wait for another of the same pool, so that all can wait for each other. With T
 * callers that hold C at once the pool needs T × (C − 1) + 1 (HikariCP wiki, "About Pool Sizing", pool-locking).
 */
final class PW041NestedBorrow extends PoolRule {

    @Override
    public String code() {
        return "PW041";
    }

    /** Two at once, as the code shows it. A pool of one connection cannot give the second to anybody. */
    @Override
    List<Finding> fromFacts(Checked checked) {
        List<FactRule.Told> told = new ArrayList<>();
        List<CodeShape> shapes = checked.facts().of(CodeShape.class).stream()
                .filter(one -> one.shape() == CodeShape.Shape.NESTED_BORROW)
                .toList();
        for (SameCause cause : SameCause.of(shapes)) {
            told.add(new FactRule.Told(nested(checked, cause), cause.first().place()));
        }
        return FactRule.sorted(told, code());
    }

    private Finding nested(Checked checked, SameCause cause) {
        CodeShape shape = cause.first();
        List<Term> terms = new ArrayList<>(ShapeRule.steps(shape));
        DeclaredTerms.of(checked.facts(), shape.pool()).ifPresent(terms::add);
        Optional<DeclaredPool> pool = DeclaredTerms.find(checked.facts(), shape.pool());
        List<Limit> sizes = pool.map(DeclaredTerms::most).orElse(List.of());
        boolean never = !sizes.isEmpty() && sizes.stream().allMatch(size -> size.count() < 2);
        Optional<Limit> callers = callers(checked, shape, pool);
        terms.add(needed(callers, sizes));
        terms.addAll(cause.terms());
        boolean enough = callers.isPresent()
                && !sizes.isEmpty()
                && sizes.stream().allMatch(size -> size.count() >= needed(callers.get(), 2));
        Severity severity = !shape.certain() || enough ? Severity.NOTE : never ? Severity.ERROR : Severity.WARNING;
        return new Finding(
                code(),
                severity,
                shape.subject() + " borrows a second connection while it holds one: " + shape.what(),
                shape.subject(),
                terms,
                "do both on one connection, or give the first back before; else keep the pool above T x (C - 1)",
                shape.origin());
    }

    /** How many can ask at once: an event loop has as many callers as there are requests, whatever its threads. */
    private static Optional<Limit> callers(Checked checked, CodeShape shape, Optional<DeclaredPool> declared) {
        if (declared.filter(one -> one.stack().runtime().matches("asyncio|event-loop"))
                .isPresent()) {
            return Optional.empty();
        }
        return checked.base().services().values().stream()
                .filter(service -> service.pools().values().stream()
                        .anyMatch(pool -> pool.origin().equals(place(checked, shape))))
                .flatMap(service -> service.processes().values().stream())
                .flatMap(kind -> kind.callers().possible().stream())
                .filter(Limit::bounded)
                .max(Comparator.comparingLong(Limit::count));
    }

    /** The formula, with the numbers where they are known. */
    private static Term needed(Optional<Limit> callers, List<Limit> sizes) {
        String have = sizes.isEmpty()
                ? ""
                : "; the pool has "
                        + String.join(
                                " or ",
                                sizes.stream().map(Limit::toString).distinct().toList());
        return callers.map(most -> Terms.of("needed", most + " x (2 - 1) + 1 = " + needed(most, 2) + have))
                .orElseGet(() -> Terms.of("needed", "callers x (2 - 1) + 1" + have));
    }

    private static Origin place(Checked checked, CodeShape shape) {
        return DeclaredTerms.find(checked.facts(), shape.pool())
                .map(DeclaredPool::origin)
                .orElse(shape.origin());
    }

    @Override
    List<Finding> check(Fleet fleet, Service service, Pool pool) {
        long atOnce = Ceiling.atOnce(service, pool.name());
        List<Limit> sizes = pool.sizing().size().possible().stream()
                .flatMap(size -> pool.sizing().overflow().possible().stream()
                        .map(overflow -> PoolLibraries.most(service.stackOf(pool), pool.kind(), size, overflow)))
                .toList();
        List<Finding> found = new ArrayList<>();
        for (Service.ProcessKind kind : service.processes().values()) {
            boolean has = pool.process().isEmpty() || pool.process().equals(kind.name());
            List<Limit> callers = kind.callers().possible();
            if (has && atOnce > 1 && !callers.isEmpty() && !sizes.isEmpty()) {
                long tooSmall = callers.stream()
                        .mapToLong(caller -> sizes.stream()
                                .filter(size -> size.count() < needed(caller, atOnce))
                                .count())
                        .sum();
                if (tooSmall > 0) {
                    Severity severity =
                            tooSmall == (long) callers.size() * sizes.size() ? Severity.ERROR : Severity.WARNING;
                    found.add(finding(service, pool, kind, sizes.get(0), callers.get(0), atOnce, severity));
                }
            }
        }
        return found;
    }

    private static long needed(Limit callers, long atOnce) {
        return callers.bounded() ? callers.count() * (atOnce - 1) + 1 : Long.MAX_VALUE;
    }

    private Finding finding(
            Service service,
            Pool pool,
            Service.ProcessKind kind,
            Limit size,
            Limit callers,
            long atOnce,
            Severity severity) {
        String name = service.name() + "/" + pool.name();
        String needed = callers.bounded() ? Long.toString(needed(callers, atOnce)) : "more than any size";
        List<Term> terms = List.of(
                Terms.of("size + overflow", size, pool.sizing().size().origin()),
                Terms.of("callers of " + kind.name(), callers, kind.callers().origin()),
                Terms.of("held at once", atOnce, pool.origin()),
                Terms.of("needed", callers + " x (" + atOnce + " - 1) + 1 = " + needed),
                Terms.wait("acquire timeout", pool.waiting().acquireTimeout()));
        return new Finding(
                code(),
                severity,
                "callers of " + name + " can wait for each other: each holds a connection and wants another",
                name,
                terms,
                "fewer callers, or take both connections' work on one",
                pool.origin());
    }
}
