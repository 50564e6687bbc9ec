package dev.poolwright.rules;

import dev.poolwright.model.derive.DerivedFleet;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Server;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.Target;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.model.library.PoolLibraries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One service reaches one database, as one role, from one kind of process, through two pools. */
final class PW031TwoPools extends FleetRule {

    private static final int MOST_POOLS = 12;

    private static final String FIX =
            "one pool, made in one place; or a role of its own for each, so that the server can tell them apart";

    @Override
    public String code() {
        return "PW031";
    }

    @Override
    List<Finding> check(Fleet fleet) {
        List<Finding> found = new ArrayList<>();
        for (Service service : fleet.services().values()) {
            List<Pool> pools = List.copyOf(service.pools().values());
            for (int i = 0; i < pools.size(); i++) {
                for (int j = i + 1; j < pools.size(); j++) {
                    if (same(fleet, pools.get(i), pools.get(j))) {
                        found.add(finding(service, pools.get(i), pools.get(j)));
                    }
                }
            }
        }
        return found;
    }

    /** Django's alias of a further settings module: a process runs with one module, and so with one of them. */
    private static boolean isOtherSettings(Service service, Pool pool) {
        String alias = pool.name().replaceFirst(" of .*", "");
        return service.stackOf(pool).library().equals("django")
                && service.pools().containsKey(alias)
                && !pool.name().equals(alias);
    }

    /** Nobody stated this fleet, so it is worth a look and no reproach: one note for all pools of one service and database. */
    @Override
    List<Finding> derived(Fleet fleet) {
        Map<List<Origin>, Finding> found = new LinkedHashMap<>();
        for (Service service : fleet.services().values()) {
            Map<Target, List<Pool>> together = new LinkedHashMap<>();
            for (Pool pool : service.pools().values()) {
                if (DerivedFleet.seen(pool.target()) && !isOtherSettings(service, pool)) {
                    together.computeIfAbsent(pool.target(), key -> new ArrayList<>())
                            .add(pool);
                }
            }
            together.forEach((target, pools) -> {
                List<Origin> places = pools.stream().map(Pool::origin).toList();
                if (places.stream().distinct().count() > 1) {
                    found.putIfAbsent(places, note(service, target, pools));
                }
            });
        }
        return List.copyOf(found.values());
    }

    private Finding note(Service service, Target target, List<Pool> pools) {
        List<Term> terms = new ArrayList<>();
        pools.stream()
                .limit(MOST_POOLS)
                .forEach(pool -> terms.add(Terms.of(pool.name(), text(service, pool), pool.origin())));
        return new Finding(
                code(),
                Severity.NOTE,
                service.name() + " reaches " + target + " through " + pools.size() + " pools",
                service.name(),
                terms,
                FIX,
                pools.get(0).origin());
    }

    private static boolean same(Fleet fleet, Pool one, Pool two) {
        Optional<Server> server = fleet.serverOf(one.target());
        boolean together = one.process().isEmpty()
                || two.process().isEmpty()
                || one.process().equals(two.process());
        return together
                && server.isPresent()
                && server.equals(fleet.serverOf(two.target()))
                && one.target().database().equals(two.target().database())
                && one.target().role().equals(two.target().role());
    }

    private Finding finding(Service service, Pool one, Pool two) {
        return new Finding(
                code(),
                Severity.WARNING,
                service.name() + " reaches " + one.target() + " through two pools",
                service.name(),
                List.of(
                        Terms.of(one.name(), text(service, one), one.origin()),
                        Terms.of(two.name(), text(service, two), two.origin())),
                FIX,
                one.origin());
    }

    private static String text(Service service, Pool pool) {
        String kind = PoolLibraries.effectiveKind(service.stackOf(pool), pool.kind());
        return pool.target() + (kind.isEmpty() ? "" : ", " + kind) + ", "
                + pool.sizing().size() + overflow(pool);
    }

    /** Most libraries have none, and then their default is not worth a word. */
    private static String overflow(Pool pool) {
        boolean none = pool.sizing().overflow() instanceof Value.Default<Limit> standard
                && standard.value().count() == 0
                && !pool.stack().equals(Service.Stack.UNSTATED);
        return none ? "" : " + " + pool.sizing().overflow();
    }
}
