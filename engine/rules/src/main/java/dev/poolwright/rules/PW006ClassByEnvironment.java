package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.library.Compatibility.Answer;
import dev.poolwright.model.library.PoolLibraries;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The effective pool class is not the same in every environment, so what is tested is not what runs. */
final class PW006ClassByEnvironment implements Rule {

    @Override
    public String code() {
        return "PW006";
    }

    @Override
    public List<Finding> check(Checked checked) {
        List<Finding> found = new ArrayList<>();
        for (Service service : checked.base().services().values()) {
            for (Pool pool : service.pools().values()) {
                List<Term> terms = new ArrayList<>();
                Set<String> kinds = new LinkedHashSet<>();
                add(terms, kinds, "base", checked.base(), service.name(), pool.name());
                for (Map.Entry<String, Fleet> one : checked.environments().entrySet()) {
                    add(terms, kinds, one.getKey(), one.getValue(), service.name(), pool.name());
                }
                if (kinds.size() > 1) {
                    String name = service.name() + "/" + pool.name();
                    found.add(new Finding(
                            code(),
                            Severity.WARNING,
                            "the pool class of " + name + " differs between environments",
                            name,
                            terms,
                            "one class everywhere, so that what is tested is what runs",
                            pool.origin()));
                }
            }
        }
        return found;
    }

    private static void add(
            List<Term> terms, Set<String> kinds, String environment, Fleet fleet, String serviceName, String poolName) {
        Service service = fleet.services().get(serviceName);
        Pool pool = service == null ? null : service.pools().get(poolName);
        if (service == null || pool == null) {
            return;
        }
        String kind = PoolLibraries.effectiveKind(service.stackOf(pool), pool.kind());
        Answer answer =
                PoolLibraries.compatibility(service.stackOf(pool), pool.kind()).answer();
        String size = PoolLibraries.most(
                        service.stackOf(pool),
                        pool.kind(),
                        pool.sizing().size().or(Limit.unlimited()),
                        pool.sizing().overflow().or(Limit.unlimited()))
                .toString();
        kinds.add(kind);
        terms.add(Terms.of(
                environment,
                kind + ", at most " + size + (answer == Answer.FAILS ? ", refused by the library" : ""),
                Written.origin(pool, "kind")));
    }
}
