package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import java.util.ArrayList;
import java.util.List;

/** A rule that looks at one pool of a service at a time. */
abstract class PoolRule extends FleetRule {

    abstract List<Finding> check(Fleet fleet, Service service, Pool pool);

    @Override
    final List<Finding> check(Fleet fleet) {
        List<Finding> found = new ArrayList<>();
        for (Service service : fleet.services().values()) {
            for (Pool pool : service.pools().values()) {
                found.addAll(check(fleet, service, pool));
            }
        }
        return found;
    }
}
