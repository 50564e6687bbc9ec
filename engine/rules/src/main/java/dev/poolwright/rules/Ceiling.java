package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Load;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.model.library.PoolLibraries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one pool can open in one instance: min(size + overflow, callers × at once) in each process that has it, summed over
 * the processes.
 *
 * @param perInstance empty when a term is not known
 * @param terms both sides of the minimum, and the processes
 * @param unsettled why it cannot be bounded; empty when it can
 */
public record Ceiling(Optional<Range> perInstance, List<Term> terms, List<Unsettled> unsettled) {

    public Ceiling {
        terms = List.copyOf(terms);
        unsettled = List.copyOf(unsettled);
    }

    /** The ceiling of a service's pool. */
    public static Ceiling of(Service service, Pool pool) {
        String name = service.name() + "/" + pool.name();
        List<Limit> sizes = sizes(service, pool);
        long atOnce = atOnce(service, pool.name());
        List<Term> terms = new ArrayList<>();
        List<Unsettled> unsettled = new ArrayList<>();
        terms.add(Terms.of(
                name + " size + overflow",
                sizeText(service, pool, sizes),
                pool.sizing().size().origin()));
        Range total = Range.ZERO;
        for (Service.ProcessKind kind : service.processes().values()) {
            if (!pool.process().isEmpty() && !pool.process().equals(kind.name())) {
                continue;
            }
            List<Limit> callers = kind.callers().possible();
            String asked = callers.isEmpty() ? kind.callers().toString() : distinct(callers) + " x " + atOnce;
            terms.add(
                    Terms.of(name + " callers x at once", asked, kind.callers().origin()));
            terms.add(Terms.of(
                    service.name() + " " + kind.name() + " processes",
                    kind.count(),
                    kind.count().origin()));
            Optional<Range> count = Range.of(kind.count());
            Optional<Range> each = each(sizes, callers, atOnce);
            if (count.isEmpty()) {
                unsettled.add(missing(service.name() + " " + kind.name() + " processes", kind.count()));
            } else if (each.isEmpty()) {
                unsettled.add(unbounded(name, pool, sizes, kind));
            } else {
                total = total.plus(each.get().times(count.get()));
            }
        }
        return new Ceiling(unsettled.isEmpty() ? Optional.of(total) : Optional.empty(), terms, unsettled);
    }

    private static List<Limit> sizes(Service service, Pool pool) {
        Limit one = PoolLibraries.most(service.stackOf(pool), pool.kind(), Limit.atMost(1), Limit.atMost(0));
        if (!one.bounded()) {
            return List.of(one);
        }
        return pool.sizing().size().possible().stream()
                .flatMap(size -> pool.sizing().overflow().possible().stream()
                        .map(overflow -> PoolLibraries.most(service.stackOf(pool), pool.kind(), size, overflow)))
                .toList();
    }

    /**
     * A value that is not known bounds nothing from above, so the other side of the minimum does so alone; from below it may
     * be as small as one connection, so nothing is claimed for certain.
     */
    private static Optional<Range> each(List<Limit> sizes, List<Limit> callers, long atOnce) {
        List<Limit> left = sizes.isEmpty() ? List.of(Limit.unlimited()) : sizes;
        List<Limit> right = callers.isEmpty() ? List.of(Limit.unlimited()) : callers;
        List<Long> possible = new ArrayList<>();
        for (Limit size : left) {
            for (Limit caller : right) {
                Limit least = size.least(caller.times(atOnce));
                if (!least.bounded()) {
                    return Optional.empty();
                }
                possible.add(least.count());
            }
        }
        if (sizes.isEmpty() || callers.isEmpty()) {
            possible.add(1L);
        }
        return Range.of(possible);
    }

    /** Connections that one caller can hold of this pool at the same time. */
    static long atOnce(Service service, String pool) {
        long most = 1;
        for (Load load : service.loads().values()) {
            long held = load.pool().equals(pool) ? load.atOnce() : 0;
            for (Load.Then then : load.then()) {
                if (then.pool().equals(pool) && (!then.whileHolding().isEmpty() || held == 0)) {
                    held++;
                }
            }
            most = Math.max(most, held);
        }
        return most;
    }

    private static String sizeText(Service service, Pool pool, List<Limit> sizes) {
        if (sizes.isEmpty()) {
            return "unknown";
        }
        String kind = PoolLibraries.effectiveKind(service.stackOf(pool), pool.kind());
        return sizes.get(0).bounded() ? distinct(sizes) : "unlimited" + (kind.isEmpty() ? "" : " (" + kind + ")");
    }

    private static String distinct(List<Limit> limits) {
        return String.join(
                " or ", limits.stream().map(Limit::toString).distinct().toList());
    }

    private static Unsettled unbounded(String name, Pool pool, List<Limit> sizes, Service.ProcessKind kind) {
        if (sizes.isEmpty()) {
            Value<Limit> size = pool.sizing().size();
            return missing(
                    name + " size + overflow",
                    size.possible().isEmpty() ? size : pool.sizing().overflow());
        }
        String callers = kind.callers().possible().isEmpty() ? "not known" : "unlimited";
        return new Unsettled(
                name + " size + overflow",
                "unlimited, and its callers are " + callers,
                "a pool with a size, or a bound on the callers",
                pool.origin());
    }

    static Unsettled missing(String name, Value<?> value) {
        return value instanceof Value.Unknown<?> unknown
                ? new Unsettled(name, unknown.why(), unknown.settledBy(), unknown.origin())
                : new Unsettled(name, "not known", "stating it", value.origin());
    }
}
