package dev.poolwright.rules;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.fact.Workers;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.rules.FactRule.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pools that a module makes when it is loaded, in a program that gunicorn loads before it forks. */
final class Preloaded {

    /** They connect when they are made; SQLAlchemy's at their first use. */
    private static final Set<String> CONNECT_WHEN_MADE = Set.of("psycopg_pool", "psycopg2_pool");

    private Preloaded() {}

    static List<Told> tell(String code, Facts facts) {
        List<Told> told = new ArrayList<>();
        facts.of(DeclaredPool.class).stream()
                .filter(Preloaded::whenLoaded)
                .forEach(pool -> preload(facts, pool)
                        .ifPresent(workers -> told.add(new Told(finding(code, facts, pool, workers), pool.place()))));
        return told;
    }

    /** Whether its name stands at the beginning of the line, as {@code name = call(…)}: no function or class is around it. */
    private static boolean whenLoaded(DeclaredPool pool) {
        String symbol = pool.name().substring(pool.name().indexOf('#') + 1);
        boolean connects = pool.stack().library().equals("sqlalchemy")
                || CONNECT_WHEN_MADE.contains(pool.stack().library());
        return connects
                && pool.scope() == DeclaredPool.Scope.PROCESS
                && pool.origin().column() == symbol.length() + " = ".length() + 1;
    }

    private static Optional<Workers> preload(Facts facts, DeclaredPool pool) {
        return facts.main(Workers.class)
                .filter(one -> one.preload() && one.server().equals("gunicorn"))
                .filter(one -> !one.service().isEmpty() && pool.origin().file().startsWith(one.service() + "/"))
                .filter(one -> facts.main(CodeShape.class)
                        .noneMatch(shape -> shape.shape() == CodeShape.Shape.DISPOSED_AFTER_FORK
                                && shape.origin().file().startsWith(one.service() + "/")))
                .findFirst();
    }

    private static Finding finding(String code, Facts facts, DeclaredPool pool, Workers workers) {
        boolean connects = CONNECT_WHEN_MADE.contains(pool.stack().library()) && !lazy(pool);
        List<Term> terms = new ArrayList<>();
        terms.add(Terms.of("first", "the module is loaded before the fork", workers.origin()));
        terms.add(Terms.of("then", "it makes the pool", pool.origin()));
        DeclaredTerms.of(facts, pool.name()).ifPresent(terms::add);
        return new Finding(
                code,
                connects ? Severity.WARNING : Severity.NOTE,
                pool.name() + " is made before the processes are forked: gunicorn loads the program first",
                pool.name(),
                terms,
                "make the pool after the fork, or dispose of it in the child without closing",
                pool.origin());
    }

    private static boolean lazy(DeclaredPool pool) {
        return Optional.ofNullable(pool.settings().get("open"))
                .filter(open -> !open.possible().stream().allMatch(Boolean.TRUE::equals))
                .isPresent();
    }
}
