package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Job;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Pooler;
import dev.poolwright.model.fleet.Service;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What everything together can ask of one server, pooler or path: ceilings × instances. The least is with every service at
 * its minimum, without surge and without deploy jobs; the most is with every service at its maximum plus its surge (none
 * where the rollout is {@code recreate}) and every job running.
 *
 * @param shares one for each service, job and pooler that asks
 * @param paths that the connections take
 * @param unsettled terms that are not known; nothing can be concluded unless this is empty
 */
public record Demand(List<Share> shares, Set<String> paths, List<Unsettled> unsettled) {

    public Demand {
        shares = List.copyOf(shares);
        paths = Set.copyOf(paths);
        unsettled = List.copyOf(unsettled);
    }

    /**
     * What one service, job or pooler asks for.
     *
     * @param perInstance connections of one instance
     * @param least instances alive at the minimum
     * @param most instances alive at the maximum, surge included
     * @param scales whether it is a service, whose instances can be counted up
     */
    public record Share(String name, Range perInstance, Range least, Range most, boolean scales, List<Term> terms) {
        public Share {
            terms = List.copyOf(terms);
        }
    }

    public Range least() {
        return shares.stream().map(s -> s.perInstance().times(s.least())).reduce(Range.ZERO, Range::plus);
    }

    public Range most() {
        return shares.stream().map(s -> s.perInstance().times(s.most())).reduce(Range.ZERO, Range::plus);
    }

    /** What reaches a server or a pooler by name: pools that lead straight to it, and poolers in front of it. */
    public static Demand at(Fleet fleet, String node) {
        return new Collector(fleet)
                .collect(
                        pool -> pool.target().at().equals(node),
                        pooler -> pooler.to().at().equals(node));
    }

    /** What goes over a path. */
    public static Demand over(Fleet fleet, String path) {
        return new Collector(fleet)
                .collect(
                        pool -> pool.path().equals(path),
                        pooler -> pooler.path().equals(path));
    }

    private static final class Collector {
        private final Fleet fleet;
        private final List<Share> shares = new ArrayList<>();
        private final Set<String> paths = new LinkedHashSet<>();
        private final List<Unsettled> unsettled = new ArrayList<>();

        Collector(Fleet fleet) {
            this.fleet = fleet;
        }

        Demand collect(Predicate<Pool> asks, Predicate<Pooler> asksToo) {
            fleet.services().values().forEach(service -> service(service, asks));
            fleet.jobs().values().forEach(job -> job(job, asks));
            fleet.poolers().values().stream().filter(asksToo).forEach(this::pooler);
            return new Demand(shares, paths, unsettled);
        }

        private void service(Service service, Predicate<Pool> asks) {
            List<Term> terms = new ArrayList<>();
            Range each = Range.ZERO;
            boolean any = false;
            for (Pool pool : service.pools().values()) {
                if (asks.test(pool)) {
                    any = true;
                    paths.add(pool.path());
                    Ceiling ceiling = Ceiling.of(service, pool);
                    terms.addAll(ceiling.terms());
                    unsettled.addAll(ceiling.unsettled());
                    each = each.plus(ceiling.perInstance().orElse(Range.ZERO));
                }
            }
            if (!any) {
                return;
            }
            Service.Instances instances = service.instances();
            Optional<Range> least = Range.of(instances.min());
            Optional<Range> most = Range.of(instances.max());
            if (least.isEmpty() || most.isEmpty()) {
                String name = service.name() + " instances";
                unsettled.add(Ceiling.missing(name, least.isEmpty() ? instances.min() : instances.max()));
                return;
            }
            boolean rolls = instances.rollout() == Service.Rollout.ROLLING;
            if (rolls && instances.surge().possible().isEmpty()) {
                unsettled.add(Ceiling.missing(service.name() + " rollout surge", instances.surge()));
                return;
            }
            Range surge = surge(instances, most.get());
            terms.add(Terms.of(
                    service.name() + " instances",
                    new Range(
                            least.get().low(),
                            Math.max(least.get().low(), most.get().high())),
                    instances.max().origin()));
            terms.add(Terms.of(
                    service.name() + " rollout surge", surge, instances.surge().origin()));
            shares.add(new Share(service.name(), each, least.get(), most.get().plus(surge), true, terms));
        }

        private Range surge(Service.Instances instances, Range most) {
            if (instances.rollout() == Service.Rollout.RECREATE) {
                return Range.ZERO;
            }
            List<Long> possible = instances.surge().possible().stream()
                    .map(surge -> (long) surge.of(Math.toIntExact(most.high())))
                    .toList();
            return Range.of(possible).orElse(Range.ZERO);
        }

        private void job(Job job, Predicate<Pool> asks) {
            for (Pool pool : job.pools().values()) {
                if (!asks.test(pool)) {
                    continue;
                }
                paths.add(pool.path());
                String name = job.name() + "/" + pool.name();
                List<Long> possible = pool.sizing().most().stream()
                        .filter(Limit::bounded)
                        .map(Limit::count)
                        .toList();
                Optional<Range> each = Range.of(possible);
                if (each.isEmpty() || possible.size() < pool.sizing().most().size()) {
                    unsettled.add(new Unsettled(name + " size", "not bounded", "a size", pool.origin()));
                } else {
                    Range least = job.when().equals("always") ? Range.exactly(1) : Range.ZERO;
                    Term term = Terms.of(
                            name + " job (" + job.when() + ")",
                            each.get(),
                            pool.sizing().size().origin());
                    shares.add(new Share(name, each.get(), least, Range.exactly(1), false, List.of(term)));
                }
            }
        }

        private void pooler(Pooler pooler) {
            paths.add(pooler.path());
            Optional<Range> size = Range.of(pooler.poolSize());
            Optional<Range> reserve = Range.of(pooler.reserve());
            if (size.isEmpty() || reserve.isEmpty()) {
                unsettled.add(Ceiling.missing(
                        pooler.name() + " pool size", size.isEmpty() ? pooler.poolSize() : pooler.reserve()));
                return;
            }
            Range pairs = Range.exactly(pairs(fleet, pooler));
            List<Term> terms = List.of(
                    Terms.of(pooler.name() + " pairs of database and role", pairs, pooler.origin()),
                    Terms.of(
                            pooler.name() + " pool size + reserve",
                            pooler.poolSize() + " + " + pooler.reserve(),
                            pooler.poolSize().origin()));
            shares.add(new Share(pooler.name(), size.get().plus(reserve.get()), pairs, pairs, false, terms));
        }
    }

    /** How many pairs of database and role services and jobs use through a pooler. */
    static long pairs(Fleet fleet, Pooler pooler) {
        Set<String> pairs = new LinkedHashSet<>();
        fleet.services()
                .values()
                .forEach(service -> service.pools().values().forEach(pool -> add(pairs, pooler, pool)));
        fleet.jobs().values().forEach(job -> job.pools().values().forEach(pool -> add(pairs, pooler, pool)));
        return pairs.size();
    }

    private static void add(Set<String> pairs, Pooler pooler, Pool pool) {
        if (pool.target().at().equals(pooler.name())) {
            pairs.add(pool.target().toString());
        }
    }
}
