package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Path;
import java.util.ArrayList;
import java.util.List;

/** The pools together can ask for more connections than a path carries before it scales out. */
final class PW011PathBudget extends FleetRule {

    @Override
    public String code() {
        return "PW011";
    }

    @Override
    List<Finding> check(Fleet fleet) {
        List<Finding> found = new ArrayList<>();
        for (Path path : fleet.paths().values()) {
            new Fit(Demand.over(fleet, path.name()), Budget.of(path))
                    .finding(
                            code(),
                            path.name(),
                            "the pools together can ask for more connections than path " + path.name()
                                    + (path.scale() > 1 ? " carries before it scales out" : " carries"),
                            "smaller pools, fewer instances, or a start-up that waits out the scale-out",
                            path.origin())
                    .ifPresent(found::add);
        }
        return found;
    }

    @Override
    List<Finding> fromFacts(Checked checked) {
        return DeclaredPaths.findings(code(), checked);
    }
}
