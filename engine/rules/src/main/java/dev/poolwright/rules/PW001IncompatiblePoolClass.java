package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.library.Compatibility;
import dev.poolwright.model.library.Compatibility.Answer;
import dev.poolwright.model.library.PoolLibraries;
import java.util.ArrayList;
import java.util.List;

/** The pool class, or the driver, cannot work with the engine: the library refuses it. */
final class PW001IncompatiblePoolClass extends PoolRule {

    @Override
    public String code() {
        return "PW001";
    }

    @Override
    List<Finding> check(Fleet fleet, Service service, Pool pool) {
        List<Finding> found = new ArrayList<>();
        String name = service.name() + "/" + pool.name();
        String kind = PoolLibraries.effectiveKind(service.stackOf(pool), pool.kind());
        add(
                found,
                service,
                pool,
                PoolLibraries.compatibility(service.stackOf(pool), pool.kind()),
                "pool class " + kind + " of " + name + " cannot work with its engine",
                "leave the class out, so that the library picks the one that fits");
        add(
                found,
                service,
                pool,
                PoolLibraries.driver(service.stackOf(pool)),
                "driver " + service.stackOf(pool).driver() + " of " + name + " cannot work with runtime "
                        + service.stackOf(pool).runtime(),
                "take a driver of the same kind as the runtime, or the other kind of engine");
        return found;
    }

    private void add(
            List<Finding> found, Service service, Pool pool, Compatibility compatibility, String message, String fix) {
        if (compatibility.answer() != Answer.FAILS) {
            return;
        }
        List<Term> terms = new ArrayList<>(Terms.stack(service, pool));
        terms.add(Terms.of("the library says", compatibility.text()));
        if (!compatibility.link().isEmpty()) {
            terms.add(Terms.of("explained at", compatibility.link()));
        }
        String subject = service.name() + "/" + pool.name();
        found.add(new Finding(code(), Severity.ERROR, message, subject, terms, fix, pool.origin()));
    }
}
