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

    /** Enough to see what is missing; the fleet file of {@code init} names all. */
    private static final int MOST_TERMS = 12;

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

    /**
     * One note for the whole of what the tree shows: what would settle each term, and where to say it. The environments have
     * the same gaps.
     */
    @Override
    List<Finding> derived(Fleet fleet) {
        if (!fleet.environment().isEmpty()) {
            return List.of();
        }
        List<Finding> each = check(fleet);
        if (each.isEmpty()) {
            return List.of();
        }
        List<Term> terms =
                each.stream().flatMap(one -> one.terms().stream()).distinct().toList();
        List<Term> shown = new ArrayList<>(terms.subList(0, Math.min(MOST_TERMS, terms.size())));
        if (terms.size() > shown.size()) {
            shown.add(Terms.of("and", terms.size() - shown.size() + " more of the same kind"));
        }
        return List.of(new Finding(
                code(),
                Severity.NOTE,
                "cannot bound what is asked of "
                        + (each.size() == 1 ? each.get(0).subject() : each.size() + " servers")
                        + ": the tree does not say all of it",
                "the fleet",
                shown,
                "state these terms in a fleet file; one to fill in is written by: poolwright init",
                Origin.NONE));
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
