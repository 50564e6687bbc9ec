package dev.poolwright.rules;

import dev.poolwright.model.derive.DerivedFleet;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.model.library.PoolFamily;
import dev.poolwright.model.library.PoolLibraries;
import dev.poolwright.policy.Wait;
import java.util.ArrayList;
import java.util.List;

/** Two services on one database contradict each other: kind of class, timeouts, checks. */
final class PW030Drift extends FleetRule {

    /** Timeouts further apart than this are two opinions, not two roundings. */
    private static final double APART = 2;

    private record Used(Service service, Pool pool) {
        String name() {
            return service.name() + "/" + pool.name();
        }

        Service.Stack stack() {
            return service.stackOf(pool);
        }

        Pool.Validation checks() {
            Pool.Validation written = pool.lifetimes().validation();
            boolean anyway = written == Pool.Validation.NEVER && PoolLibraries.checksOnBorrow(stack());
            return anyway ? Pool.Validation.ON_BORROW : written;
        }

        PoolFamily family() {
            return PoolFamily.of(stack(), pool.kind());
        }
    }

    @Override
    public String code() {
        return "PW030";
    }

    @Override
    List<Finding> check(Fleet fleet) {
        List<Used> all = new ArrayList<>();
        for (Service service : fleet.services().values()) {
            service.pools().values().forEach(pool -> all.add(new Used(service, pool)));
        }
        List<Finding> found = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                if (sameDatabase(all.get(i), all.get(j))) {
                    compare(found, all.get(i), all.get(j));
                }
            }
        }
        return found;
    }

    /** Nobody stated this fleet, so it is worth a look and no reproach; only where the tree names the server. */
    @Override
    List<Finding> derived(Fleet fleet) {
        return Together.notes(code(), check(fleet), "a configuration of a database differs between services");
    }

    private static boolean sameDatabase(Used one, Used two) {
        return !one.service().name().equals(two.service().name())
                && DerivedFleet.seen(one.pool().target())
                && one.pool().target().at().equals(two.pool().target().at())
                && one.pool().target().database().equals(two.pool().target().database());
    }

    private void compare(List<Finding> found, Used one, Used two) {
        List<Term> terms = new ArrayList<>();
        boolean sameStack = one.stack().library().equals(two.stack().library())
                && one.stack().runtime().equals(two.stack().runtime());
        if (sameStack && one.family() != two.family()) {
            terms.add(kind(one));
            terms.add(kind(two));
        }
        times(
                terms,
                "acquire timeout",
                one,
                one.pool().waiting().acquireTimeout(),
                two,
                two.pool().waiting().acquireTimeout());
        times(
                terms,
                "connect timeout",
                one,
                one.pool().waiting().connectTimeout(),
                two,
                two.pool().waiting().connectTimeout());
        boolean pooled = sameStack && one.family() != PoolFamily.NONE && two.family() != PoolFamily.NONE;
        if (pooled && one.checks() != two.checks()) {
            terms.add(checks(one));
            terms.add(checks(two));
        }
        if (!terms.isEmpty()) {
            found.add(new Finding(
                    code(),
                    Severity.WARNING,
                    one.name() + " and " + two.name() + " use one database and contradict each other",
                    one.name(),
                    terms,
                    "one configuration for all services of a database, or a reason in each",
                    one.pool().origin()));
        }
    }

    private static Term kind(Used used) {
        String kind = PoolLibraries.effectiveKind(used.stack(), used.pool().kind());
        return Terms.of(used.name() + " class", Terms.stated(kind), used.pool().origin());
    }

    private static Term checks(Used used) {
        String moment = switch (used.checks()) {
            case NEVER -> "never";
            case ON_BORROW -> "on_borrow";
            case WHEN_IDLE -> "when_idle";
        };
        return Terms.of(used.name() + " validate", moment, used.pool().origin());
    }

    private static void times(
            List<Term> terms, String what, Used one, Value<Wait> first, Used two, Value<Wait> second) {
        if (first instanceof Value.Known<Wait> left && second instanceof Value.Known<Wait> right) {
            double low = Math.min(left.value().nanos(), right.value().nanos());
            double high = Math.max(left.value().nanos(), right.value().nanos());
            if (high > APART * low) {
                terms.add(Terms.wait(one.name() + " " + what, first));
                terms.add(Terms.wait(two.name() + " " + what, second));
            }
        }
    }
}
