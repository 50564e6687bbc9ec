package dev.poolwright.rules;

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
            return found.stream().map(one -> one.withSeverity(Severity.NOTE)).toList();
        }
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
                if (one.target().equals(two.target()) && !one.target().at().isEmpty()) {
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
