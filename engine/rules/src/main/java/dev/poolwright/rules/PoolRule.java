package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A rule that looks at one pool of a service at a time. */
abstract class PoolRule extends FleetRule {

    abstract List<Finding> check(Fleet fleet, Service service, Pool pool);

    /** Of a pool that is derived from a source tree. */
    List<Finding> derived(Fleet fleet, Service service, Pool pool) {
        return check(fleet, service, pool);
    }

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

    /** Several deployments of one program have the same pool, written once: it is told once. */
    @Override
    final List<Finding> derived(Fleet fleet) {
        Map<String, Finding> found = new LinkedHashMap<>();
        for (Service service : fleet.services().values()) {
            for (Pool pool : service.pools().values()) {
                String name = service.name() + "/" + pool.name();
                for (Finding finding : derived(fleet, service, pool)) {
                    String told = finding.origin() + " " + finding.message().replace(name, pool.name());
                    found.putIfAbsent(told, finding);
                }
            }
        }
        return List.copyOf(found.values());
    }
}
