package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Pooler;
import dev.poolwright.model.fleet.Server;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * How much a capacity finding of a derived fleet weighs: an error only where the limit and the instances are written in the
 * tree; a note where no file even says which server it is.
 */
final class Assumed {

    private Assumed() {}

    static Finding weighed(Fleet fleet, Finding finding) {
        List<String> assumed = new ArrayList<>();
        Server server = fleet.servers().get(finding.subject());
        Pooler pooler = fleet.poolers().get(finding.subject());
        boolean nobody = false;
        if (server != null) {
            Value<Integer> most = server.limits().maxConnections();
            add(assumed, "max_connections of " + server.name(), most);
            nobody = server.origin().equals(Origin.NONE);
        } else if (pooler != null) {
            Value<Limit> clients = pooler.clients();
            add(assumed, "clients of " + pooler.name(), clients);
        }
        for (Service service : fleet.services().values()) {
            boolean asks = service.pools().values().stream()
                    .anyMatch(pool -> pool.target().at().equals(finding.subject())
                            || fleet.serverOf(pool.target())
                                    .filter(one -> one.equals(server))
                                    .isPresent());
            if (asks) {
                add(assumed, service.name() + " instances", service.instances().min());
            }
        }
        if (assumed.isEmpty()) {
            return finding;
        }
        List<Term> terms = new ArrayList<>(finding.terms());
        terms.add(Terms.of("assumed", String.join(", ", assumed)));
        Severity severity =
                nobody ? Severity.NOTE : finding.severity() == Severity.ERROR ? Severity.WARNING : finding.severity();
        return new Finding(
                finding.code(),
                severity,
                finding.message(),
                finding.subject(),
                terms,
                finding.fix() + "; or state what is assumed in a fleet file",
                finding.origin());
    }

    private static void add(List<String> assumed, String name, Value<?> value) {
        if (!(value instanceof Value.Known)) {
            assumed.add(name);
        }
    }
}
