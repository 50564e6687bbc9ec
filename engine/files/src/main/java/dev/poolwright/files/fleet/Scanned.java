package dev.poolwright.files.fleet;

import dev.poolwright.files.problem.Problem;
import dev.poolwright.files.tree.Nearest;
import dev.poolwright.files.tree.Section;
import dev.poolwright.model.derive.DerivedPool;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pools that a scan found, by the name that {@code from:} gives them; not scanned is not the same as nothing found. */
public final class Scanned {

    /** Enough to see how they are named. */
    private static final int MOST_NAMES = 8;

    /** Nothing was scanned: what {@code from:} names stays unknown. */
    public static final Scanned NOT = new Scanned(Optional.empty());

    private final Optional<Map<String, DeclaredPool>> pools;

    private Scanned(Optional<Map<String, DeclaredPool>> pools) {
        this.pools = pools;
    }

    public static Scanned of(Facts facts) {
        Map<String, DeclaredPool> pools = new LinkedHashMap<>();
        facts.of(DeclaredPool.class).forEach(pool -> pools.putIfAbsent(pool.name(), pool));
        return new Scanned(Optional.of(pools));
    }

    /** The pool as the source has it; empty when nothing was scanned, or with a problem when there is none of that name. */
    Optional<Pool> pool(Section section, String from, String name) {
        if (from.isEmpty() || pools.isEmpty()) {
            return Optional.empty();
        }
        DeclaredPool found = pools.get().get(from);
        if (found == null) {
            unknown(section, from, List.copyOf(pools.get().keySet()));
            return Optional.empty();
        }
        return Optional.of(DerivedPool.of(found, name, new Target("", "", "")));
    }

    private static void unknown(Section section, String from, List<String> names) {
        String symbol = from.substring(from.indexOf('#') + 1);
        Optional<String> near = Nearest.to(from, names)
                .or(() ->
                        names.stream().filter(one -> one.endsWith("#" + symbol)).findFirst())
                .or(() -> names.stream()
                        .filter(one -> one.startsWith(from.replaceFirst("#.*", "#")))
                        .findFirst());
        String some = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        section.problems()
                .add(new Problem(
                        "no such pool in the source",
                        section.name() + ".from",
                        from,
                        section.originOf("from"),
                        names.isEmpty()
                                ? "none, the scan found no pool"
                                : some + (names.size() > MOST_NAMES ? ", …" : ""),
                        near.map(one -> "write " + one).orElse("")));
    }
}
