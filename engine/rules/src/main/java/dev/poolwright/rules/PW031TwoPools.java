package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Server;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.library.PoolLibraries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One service reaches one database, as one role, from one kind of process, through two pools. */
final class PW031TwoPools extends FleetRule {

    @Override
    public String code() {
        return "PW031";
    }

    @Override
    List<Finding> check(Fleet fleet) {
        List<Finding> found = new ArrayList<>();
        for (Service service : fleet.services().values()) {
            List<Pool> pools = List.copyOf(service.pools().values());
            for (int i = 0; i < pools.size(); i++) {
                for (int j = i + 1; j < pools.size(); j++) {
                    if (same(fleet, pools.get(i), pools.get(j))) {
                        found.add(finding(service, pools.get(i), pools.get(j)));
                    }
                }
            }
        }
        return found;
    }

    /** Nobody stated this fleet, so it is worth a look and no reproach. */
    @Override
    List<Finding> derived(Fleet fleet) {
        return check(fleet).stream().map(one -> one.withSeverity(Severity.NOTE)).toList();
    }

    private static boolean same(Fleet fleet, Pool one, Pool two) {
        Optional<Server> server = fleet.serverOf(one.target());
        boolean together = one.process().isEmpty()
                || two.process().isEmpty()
                || one.process().equals(two.process());
        return together
                && server.isPresent()
                && server.equals(fleet.serverOf(two.target()))
                && one.target().database().equals(two.target().database())
                && one.target().role().equals(two.target().role());
    }

    private Finding finding(Service service, Pool one, Pool two) {
        return new Finding(
                code(),
                Severity.WARNING,
                service.name() + " reaches " + one.target() + " through two pools",
                service.name(),
                List.of(
                        Terms.of(one.name(), text(service, one), one.origin()),
                        Terms.of(two.name(), text(service, two), two.origin())),
                "one pool, made in one place; or a role of its own for each, so that the server can tell them apart",
                one.origin());
    }

    private static String text(Service service, Pool pool) {
        String kind = PoolLibraries.effectiveKind(service.stackOf(pool), pool.kind());
        return pool.target() + (kind.isEmpty() ? "" : ", " + kind) + ", "
                + pool.sizing().size() + " + " + pool.sizing().overflow();
    }
}
