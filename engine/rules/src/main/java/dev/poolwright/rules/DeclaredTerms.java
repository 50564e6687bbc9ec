package dev.poolwright.rules;

import dev.poolwright.model.derive.DerivedPool;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Target;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.model.library.PoolLibraries;
import java.util.List;
import java.util.Optional;

/** The pool that a fact names, as a figure of a finding. */
final class DeclaredTerms {

    private DeclaredTerms() {}

    static Optional<DeclaredPool> find(Facts facts, String pool) {
        return pool.isEmpty()
                ? Optional.empty()
                : facts.of(DeclaredPool.class).stream()
                        .filter(one -> one.name().equals(pool))
                        .findFirst();
    }

    /** {@code pool = engine, 5 + 10}; empty where it is not known. */
    static Optional<Term> of(Facts facts, String pool) {
        return find(facts, pool).map(declared -> {
            Pool derived = derived(declared);
            return Terms.of(
                    "pool",
                    declared.name() + ", size " + derived.sizing().size() + overflow(derived),
                    declared.origin());
        });
    }

    /** Most libraries have none. */
    private static String overflow(Pool pool) {
        Value<Limit> overflow = pool.sizing().overflow();
        boolean none = overflow.single().filter(limit -> limit.count() == 0).isPresent();
        return none ? "" : " + overflow " + overflow;
    }

    /** Every number of connections that the pool can open; empty where that is not known. */
    static List<Limit> most(DeclaredPool declared) {
        Pool derived = derived(declared);
        if (!derived.sizing().size().complete() || !derived.sizing().overflow().complete()) {
            return List.of();
        }
        return derived.sizing().size().possible().stream()
                .flatMap(size -> derived.sizing().overflow().possible().stream()
                        .map(overflow -> PoolLibraries.most(declared.stack(), derived.kind(), size, overflow)))
                .toList();
    }

    static Pool derived(DeclaredPool declared) {
        return DerivedPool.of(declared, declared.name(), new Target("", "", ""));
    }
}
