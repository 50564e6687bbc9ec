package dev.poolwright.rules;

import dev.poolwright.model.derive.DerivedFleet;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.policy.Wait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The same timeout is written twice with two values: in two pools of a service on one database, or in an overlay. */
final class PW021OneTruthTwice implements Rule {

    @Override
    public String code() {
        return "PW021";
    }

    @Override
    public List<Finding> check(Checked checked) {
        List<Finding> found = new ArrayList<>();
        checked.base().services().values().forEach(service -> siblings(found, service));
        if (checked.derived()) {
            return Together.notes(code(), found, "timeouts of pools of one service and one database differ");
        }
        checked.base().services().values().forEach(service -> source(found, checked.facts(), service));
        checked.environments().forEach((environment, fleet) -> {
            if (!checked.reasons().containsKey(environment)) {
                overlay(found, checked.base(), environment, fleet);
            }
        });
        return found;
    }

    private void siblings(List<Finding> found, Service service) {
        List<Pool> pools = List.copyOf(service.pools().values());
        for (int i = 0; i < pools.size(); i++) {
            for (int j = i + 1; j < pools.size(); j++) {
                Pool one = pools.get(i);
                Pool two = pools.get(j);
                if (one.target().equals(two.target()) && DerivedFleet.seen(one.target())) {
                    compare(
                            found,
                            service,
                            one,
                            two,
                            service.name() + "/" + one.name(),
                            service.name() + "/" + two.name());
                }
            }
        }
    }

    /** What the fleet file writes over the source that it names wins, and is another number than the one that runs. */
    private void source(List<Finding> found, Facts facts, Service service) {
        for (Pool pool : service.pools().values()) {
            Value<Object> from = pool.written().get("from");
            Optional<DeclaredPool> declared = from == null
                    ? Optional.empty()
                    : DeclaredTerms.find(
                            facts, from.single().map(String::valueOf).orElse(""));
            declared.ifPresent(one -> source(found, service, pool, one));
        }
    }

    private void source(List<Finding> found, Service service, Pool pool, DeclaredPool declared) {
        Pool there = DeclaredTerms.derived(declared);
        List<Term> terms = new ArrayList<>();
        written(terms, "size", pool.sizing().size(), there.sizing().size());
        written(terms, "overflow", pool.sizing().overflow(), there.sizing().overflow());
        written(
                terms,
                "pool timeout",
                pool.waiting().acquireTimeout(),
                there.waiting().acquireTimeout());
        written(
                terms,
                "connect timeout",
                pool.waiting().connectTimeout(),
                there.waiting().connectTimeout());
        written(
                terms,
                "max lifetime",
                pool.lifetimes().maxLifetime(),
                there.lifetimes().maxLifetime());
        written(
                terms,
                "idle timeout",
                pool.lifetimes().idleTimeout(),
                there.lifetimes().idleTimeout());
        if (terms.isEmpty()) {
            return;
        }
        String name = service.name() + "/" + pool.name();
        boolean reasoned = pool.written().containsKey("because");
        found.add(new Finding(
                code(),
                reasoned ? Severity.NOTE : Severity.WARNING,
                "the fleet file and " + declared.name() + " differ on " + name + ": the fleet file is believed",
                name,
                terms,
                "take it out of the fleet file, or say because: beside it",
                terms.get(0).origin()));
    }

    private static <T> void written(List<Term> terms, String what, Value<T> here, Value<T> there) {
        if (here instanceof Value.Known<T> stated
                && there instanceof Value.Known<T> source
                && !stated.value().equals(source.value())) {
            terms.add(Terms.of(what + " in the fleet file", shown(stated.value()), stated.origin()));
            terms.add(Terms.of(what + " in the source", shown(source.value()), source.origin()));
        }
    }

    private static String shown(Object value) {
        return value instanceof Wait wait ? Terms.shown(wait) : String.valueOf(value);
    }

    private void overlay(List<Finding> found, Fleet base, String environment, Fleet fleet) {
        for (Map.Entry<String, Service> entry : base.services().entrySet()) {
            Service there = fleet.services().get(entry.getKey());
            for (Pool pool : entry.getValue().pools().values()) {
                Pool other = there == null ? null : there.pools().get(pool.name());
                if (other != null) {
                    compare(found, entry.getValue(), pool, other, "base", environment);
                }
            }
        }
    }

    private void compare(List<Finding> found, Service service, Pool one, Pool two, String first, String second) {
        String subject = service.name() + "/" + one.name();
        compare(
                found,
                subject,
                "pool timeout",
                one.waiting().acquireTimeout(),
                two.waiting().acquireTimeout(),
                first,
                second);
        compare(
                found,
                subject,
                "connect timeout",
                one.waiting().connectTimeout(),
                two.waiting().connectTimeout(),
                first,
                second);
    }

    private void compare(
            List<Finding> found,
            String subject,
            String what,
            Value<Wait> one,
            Value<Wait> two,
            String first,
            String second) {
        if (!(one instanceof Value.Known<Wait> left)
                || !(two instanceof Value.Known<Wait> right)
                || left.value().equals(right.value())) {
            return;
        }
        List<Term> terms = List.of(Terms.wait(first, one), Terms.wait(second, two));
        found.add(new Finding(
                code(),
                Severity.WARNING,
                what + " " + Terms.shown(left.value()) + " in " + first + ", " + Terms.shown(right.value()) + " in "
                        + second + ": one truth written twice",
                subject,
                terms,
                "write it once, or give the environment a reason",
                left.origin()));
    }
}
