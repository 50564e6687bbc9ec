package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.library.PoolLibraries;
import java.util.List;

/** The library replaces a written value and goes on. */
final class PW004SilentlyCorrected extends PoolRule {

    @Override
    public String code() {
        return "PW004";
    }

    @Override
    List<Finding> check(Fleet fleet, Service service, Pool pool) {
        String name = service.name() + "/" + pool.name();
        return PoolLibraries.corrections(service.stackOf(pool), Written.numbers(pool)).stream()
                .filter(one -> !one.throwsAtStart())
                .map(one -> new Finding(
                        code(),
                        Severity.WARNING,
                        service.stackOf(pool).library() + " silently replaces " + one.setting() + " of " + name,
                        name,
                        List.of(
                                Terms.of("written", one.written(), pool.origin()),
                                Terms.of("effective", one.effective()),
                                Terms.of("because", one.why())),
                        "write a value that the library keeps",
                        pool.origin()))
                .toList();
    }
}
