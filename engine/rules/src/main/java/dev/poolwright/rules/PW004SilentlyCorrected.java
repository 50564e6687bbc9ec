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
        return corrections(service, pool, name, false);
    }

    /** An idle timeout of a pool that never shrinks does nothing, and nothing is lost by it. */
    @Override
    List<Finding> derived(Fleet fleet, Service service, Pool pool) {
        return corrections(service, pool, service.name() + "/" + pool.name(), true).stream()
                .map(one -> one.message().contains("idleTimeout")
                                && one.terms().get(1).value().equals("no effect")
                        ? one.withSeverity(Severity.NOTE)
                        : one)
                .toList();
    }

    /** @param written only corrections of what is written, not of a default that does not suit what is written */
    private List<Finding> corrections(Service service, Pool pool, String name, boolean written) {
        return PoolLibraries.corrections(service.stackOf(pool), Written.numbers(pool)).stream()
                .filter(one -> !one.throwsAtStart() && (!written || Written.has(service, pool, one.setting())))
                .map(one -> new Finding(
                        code(),
                        Severity.WARNING,
                        service.stackOf(pool).library() + " silently replaces " + one.setting() + " of " + name,
                        name,
                        List.of(
                                Terms.of("written", one.written(), Written.originOfOwn(service, pool, one.setting())),
                                Terms.of("effective", one.effective()),
                                Terms.of("because", one.why())),
                        "write a value that the library keeps",
                        Written.originOfOwn(service, pool, one.setting())))
                .toList();
    }
}
