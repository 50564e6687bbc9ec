package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Pooler;
import dev.poolwright.model.fleet.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A pooler asks its server for more than it has, or its clients ask it for more than it takes. */
final class PW013Pooler extends FleetRule {

    @Override
    public String code() {
        return "PW013";
    }

    @Override
    List<Finding> derived(Fleet fleet) {
        return check(fleet).stream().map(one -> Assumed.weighed(fleet, one)).toList();
    }

    @Override
    List<Finding> check(Fleet fleet) {
        List<Finding> found = new ArrayList<>();
        for (Server server : fleet.servers().values()) {
            Demand demand = Demand.at(fleet, server.name());
            if (demand.shares().stream().allMatch(share -> fleet.poolers().containsKey(share.name()))) {
                new Fit(demand, Budget.of(fleet, server, demand.paths()))
                        .finding(
                                code(),
                                server.name(),
                                "the poolers can ask for more connections than " + server.name() + " has",
                                "a smaller pool size, or fewer pairs of database and role",
                                server.origin())
                        .ifPresent(found::add);
            }
        }
        fleet.poolers().values().forEach(pooler -> clients(fleet, pooler).ifPresent(found::add));
        return found;
    }

    private Optional<Finding> clients(Fleet fleet, Pooler pooler) {
        Optional<Range> most = Range.of(pooler.clients().possible().stream()
                .filter(Limit::bounded)
                .map(Limit::count)
                .toList());
        Budget budget = new Budget(
                most,
                most,
                List.of(Terms.of(
                        pooler.name() + " clients",
                        pooler.clients(),
                        pooler.clients().origin())),
                List.of());
        return new Fit(Demand.at(fleet, pooler.name()), budget)
                .finding(
                        code(),
                        pooler.name(),
                        "the pools together can open more connections to pooler " + pooler.name() + " than it takes",
                        "smaller pools, or a higher limit of clients",
                        pooler.origin());
    }
}
