package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.library.Correction;
import dev.poolwright.model.library.PoolLibraries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pool class refuses an argument, or the library refuses a value, at start. */
final class PW003RefusedArgument extends PoolRule {

    @Override
    public String code() {
        return "PW003";
    }

    @Override
    List<Finding> check(Fleet fleet, Service service, Pool pool) {
        List<Finding> found = new ArrayList<>();
        String name = service.name() + "/" + pool.name();
        List<String> settings = pool.written().entrySet().stream()
                .filter(entry -> entry.getValue().complete())
                .map(Map.Entry::getKey)
                .toList();
        refused(service, pool, settings).ifPresent(text -> {
            List<Term> terms = new ArrayList<>(Terms.stack(service, pool));
            pool.written().forEach((setting, value) -> {
                if (List.of("size", "overflow", "acquire_timeout").contains(setting)) {
                    terms.add(Terms.of(Written.name(pool, setting), value, value.origin()));
                }
            });
            terms.add(Terms.of("the library says", text));
            found.add(new Finding(
                    code(),
                    Severity.ERROR,
                    "pool " + name + " does not start: its class does not take these settings",
                    name,
                    terms,
                    "remove the settings, or take a class that pools",
                    pool.origin()));
        });
        for (Correction one : PoolLibraries.corrections(service.stackOf(pool), Written.numbers(pool))) {
            if (one.throwsAtStart()) {
                found.add(new Finding(
                        code(),
                        Severity.ERROR,
                        "pool " + name + " does not start: " + one.setting() + " = " + one.written() + " is refused",
                        name,
                        List.of(
                                Terms.of(
                                        one.setting(),
                                        one.written(),
                                        Written.originOfOwn(service, pool, one.setting())),
                                Terms.of("the library says", one.effective())),
                        "a value inside the library's bounds",
                        Written.originOfOwn(service, pool, one.setting())));
            }
        }
        return found;
    }

    @Override
    List<Finding> fromFacts(Checked checked) {
        return RefusedAtStart.findings(code(), checked);
    }

    /** What the library says where every class that the pool can have refuses; empty where one of them does not. */
    private static Optional<String> refused(Service service, Pool pool, List<String> settings) {
        Optional<String> text = Optional.empty();
        for (String kind : Kinds.of(pool)) {
            text = PoolLibraries.refusedArguments(service.stackOf(pool), kind, settings);
            if (text.isEmpty()) {
                return text;
            }
        }
        return text;
    }
}
