package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Pooler;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.library.Compatibility;
import dev.poolwright.model.library.Compatibility.Answer;
import dev.poolwright.model.library.PoolFamily;
import dev.poolwright.model.library.PoolLibraries;
import dev.poolwright.model.library.RuntimePools;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The pool runs, and is dangerous: its class, its runtime, the fork, or the pooler's mode. */
final class PW002HazardousPool extends PoolRule {

    @Override
    public String code() {
        return "PW002";
    }

    @Override
    List<Finding> check(Fleet fleet, Service service, Pool pool) {
        Compatibility library = PoolLibraries.compatibility(service.stackOf(pool), pool.kind());
        if (library.answer() == Answer.FAILS) {
            return List.of();
        }
        return found(fleet, service, pool, library);
    }

    /**
     * What the library itself calls dangerous is; that a pool and the runtime around it do not suit each other depends on
     * what cannot be seen in the source. A database inside the process needs no pool.
     */
    @Override
    List<Finding> derived(Fleet fleet, Service service, Pool pool) {
        if (pool.target().at().isEmpty() || Kinds.of(pool).size() != 1) {
            return List.of();
        }
        return check(fleet, service, pool).stream()
                .map(one -> PoolLibraries.compatibility(service.stackOf(pool), pool.kind())
                                        .answer()
                                == Answer.HAZARD
                        ? one
                        : one.withSeverity(Severity.NOTE))
                .toList();
    }

    private List<Finding> found(Fleet fleet, Service service, Pool pool, Compatibility library) {
        Set<String> hazards = new LinkedHashSet<>();
        if (library.answer() == Answer.HAZARD) {
            hazards.add(library.text());
        } else {
            runtime(fleet, service, pool, hazards);
        }
        Pooler pooler = fleet.poolers().get(pool.target().at());
        if (pooler != null && pooler.mode() == Pooler.Mode.STATEMENT) {
            hazards.add("pooler " + pooler.name() + " is in statement mode: transactions of several statements fail");
        }
        for (Service.ProcessKind process : service.processes().values()) {
            boolean has = pool.process().isEmpty() || pool.process().equals(process.name());
            if (has && process.poolMade() == Service.PoolMade.BEFORE_FORK) {
                hazards.add("made before the fork: all " + process.name() + " processes share its sockets");
            }
        }
        if (hazards.isEmpty()) {
            return List.of();
        }
        List<Term> terms = new ArrayList<>(Terms.stack(service, pool));
        hazards.forEach(hazard -> terms.add(Terms.of("danger", hazard)));
        String name = service.name() + "/" + pool.name();
        return List.of(new Finding(
                code(),
                Severity.WARNING,
                "pool " + name + " runs, and is dangerous",
                name,
                terms,
                "a pool that its runtime can wait for, made where it is used",
                Written.origin(pool, "kind")));
    }

    private static void runtime(Fleet fleet, Service service, Pool pool, Set<String> hazards) {
        boolean throughPooler = fleet.poolers().containsKey(pool.target().at());
        Compatibility answer = RuntimePools.of(
                service.stackOf(pool).runtime(), PoolFamily.of(service.stackOf(pool), pool.kind()), throughPooler);
        if (answer.answer() == Answer.HAZARD) {
            hazards.add(answer.text());
        }
    }
}
