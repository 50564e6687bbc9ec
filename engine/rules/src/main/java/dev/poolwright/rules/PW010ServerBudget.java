package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Server;
import java.util.ArrayList;
import java.util.List;

/** The pools together can ask for more connections than the server has. */
final class PW010ServerBudget extends FleetRule {

    @Override
    public String code() {
        return "PW010";
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
                continue; // only poolers ask: PW013
            }
            new Fit(demand, Budget.of(fleet, server, demand.paths()))
                    .finding(
                            code(),
                            server.name(),
                            "the pools together can ask for more connections than " + server.name() + " has",
                            "smaller pools, fewer instances, or a pooler in front",
                            server.origin())
                    .ifPresent(found::add);
        }
        return found;
    }
}
