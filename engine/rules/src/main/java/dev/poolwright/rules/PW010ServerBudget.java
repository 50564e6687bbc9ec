package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pools together can ask for more connections than the server has. */
final class PW010ServerBudget extends FleetRule {

    private static final String FIX = "smaller pools, fewer instances, or a pooler in front";

    @Override
    public String code() {
        return "PW010";
    }

    @Override
    List<Finding> derived(Fleet fleet) {
        List<Finding> found = new ArrayList<>();
        for (Server server : fleet.servers().values()) {
            finding(fleet, server)
                    .or(() -> new Floor(fleet, server).finding(code(), FIX))
                    .map(one -> Assumed.weighed(fleet, one))
                    .ifPresent(found::add);
        }
        return found;
    }

    @Override
    List<Finding> check(Fleet fleet) {
        List<Finding> found = new ArrayList<>();
        for (Server server : fleet.servers().values()) {
            finding(fleet, server).ifPresent(found::add);
        }
        return found;
    }

    private Optional<Finding> finding(Fleet fleet, Server server) {
        Demand demand = Demand.at(fleet, server.name());
        if (demand.shares().stream().allMatch(share -> fleet.poolers().containsKey(share.name()))) {
            return Optional.empty(); // only poolers ask: PW013
        }
        return new Fit(demand, Budget.of(fleet, server, demand.paths()))
                .finding(
                        code(),
                        server.name(),
                        "the pools together can ask for more connections than " + server.name() + " has",
                        FIX,
                        server.origin());
    }
}
