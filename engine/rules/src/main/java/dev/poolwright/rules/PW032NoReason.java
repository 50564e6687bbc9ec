package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.StartupPhase;
import dev.poolwright.model.library.PoolLibraries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An environment configures a service's stack, pools or start-up differently and does not say why. How many instances run
 * is what environments are for; timeouts of pools are PW021's.
 */
final class PW032NoReason implements Rule {

    @Override
    public String code() {
        return "PW032";
    }

    @Override
    public List<Finding> check(Checked checked) {
        List<Finding> found = new ArrayList<>();
        if (checked.derived()) {
            return found; // manifests have no place for a reason
        }
        for (Map.Entry<String, Fleet> entry : checked.environments().entrySet()) {
            List<Term> terms = new ArrayList<>();
            for (Service service : checked.base().services().values()) {
                Service there = entry.getValue().services().get(service.name());
                if (there != null) {
                    compare(terms, service, there);
                }
            }
            if (!terms.isEmpty() && !checked.reasons().containsKey(entry.getKey())) {
                found.add(new Finding(
                        code(),
                        Severity.WARNING,
                        "environment " + entry.getKey() + " differs and does not say why",
                        entry.getKey(),
                        terms,
                        "add reason: to the environment, or remove the difference",
                        terms.get(0).origin()));
            }
        }
        return found;
    }

    private static void compare(List<Term> terms, Service base, Service there) {
        add(
                terms,
                base.name() + " stack",
                stack(base),
                stack(there),
                there.stack().origin());
        for (Pool pool : base.pools().values()) {
            Pool other = there.pools().get(pool.name());
            if (other != null) {
                String name = base.name() + "/" + pool.name();
                add(
                        terms,
                        name + " class",
                        PoolLibraries.effectiveKind(base.stackOf(pool), pool.kind()),
                        PoolLibraries.effectiveKind(there.stackOf(other), other.kind()),
                        Written.origin(other, "kind"));
                add(terms, name + " size", pool.sizing().size(), other.sizing().size(), Written.origin(other, "size"));
                add(
                        terms,
                        name + " overflow",
                        pool.sizing().overflow(),
                        other.sizing().overflow(),
                        Written.origin(other, "overflow"));
                add(
                        terms,
                        name + " validate",
                        pool.lifetimes().validation(),
                        other.lifetimes().validation(),
                        Written.origin(other, "validate"));
            }
        }
        for (StartupPhase phase : base.startup()) {
            for (StartupPhase other : there.startup()) {
                if (phase.name().equals(other.name())) {
                    String name = base.name() + "/" + phase.name() + " limit";
                    add(terms, name, Terms.shown(phase.limit()), Terms.shown(other.limit()), other.origin());
                }
            }
        }
    }

    private static String stack(Service service) {
        Service.Stack stack = service.stack();
        return String.join(" ", stack.runtime(), stack.library(), stack.version(), stack.driver())
                .strip();
    }

    private static void add(List<Term> terms, String name, Object base, Object there, Origin origin) {
        if (!base.toString().equals(there.toString())) {
            terms.add(Terms.of(name, base + " -> " + there, origin));
        }
    }
}
