package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Origin;
import java.util.ArrayList;
import java.util.List;

/** What is asked of a server or a path cannot be bounded: a term is not known. */
final class PW012CannotBound extends FleetRule {

    @Override
    public String code() {
        return "PW012";
    }

    @Override
    List<Finding> check(Fleet fleet) {
        List<Finding> found = new ArrayList<>();
        fleet.servers().values().forEach(server -> {
            Demand demand = Demand.at(fleet, server.name());
            add(
                    found,
                    "server " + server.name(),
                    server.name(),
                    demand,
                    Budget.of(fleet, server, demand.paths()),
                    server.origin());
        });
        fleet.paths().values().forEach(path -> {
            List<Limit> limits = path.connections().possible();
            if (limits.isEmpty() || limits.stream().anyMatch(Limit::bounded)) {
                Demand demand = Demand.over(fleet, path.name());
                add(found, "path " + path.name(), path.name(), demand, Budget.of(path), path.origin());
            }
        });
        return found;
    }

    private void add(List<Finding> found, String what, String subject, Demand demand, Budget budget, Origin origin) {
        List<Unsettled> unsettled = new ArrayList<>(demand.unsettled());
        if (!demand.shares().isEmpty() || !unsettled.isEmpty()) {
            unsettled.addAll(budget.unsettled());
        }
        if (unsettled.isEmpty()) {
            return;
        }
        List<Term> terms = unsettled.stream()
                .distinct()
                .map(one -> Terms.of(one.name(), one.why() + "; settled by " + one.settledBy(), one.origin()))
                .toList();
        found.add(new Finding(
                code(),
                Severity.WARNING,
                "cannot bound what is asked of " + what,
                subject,
                terms,
                "settle each of these terms",
                origin));
    }
}
