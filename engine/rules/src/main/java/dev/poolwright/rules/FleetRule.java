package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.fleet.Fleet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A rule that looks at one fleet at a time: at the base, then at each environment, where it says only what is new. */
abstract class FleetRule implements Rule {

    abstract List<Finding> check(Fleet fleet);

    /** Of a fleet that is derived from a source tree; as of any other where the rule does not say otherwise. */
    List<Finding> derived(Fleet fleet) {
        return check(fleet);
    }

    /** What the facts show beside the fleet; nothing where the rule does not say otherwise. */
    List<Finding> fromFacts(Checked checked) {
        return List.of();
    }

    private List<Finding> check(Checked checked, Fleet fleet) {
        return checked.derived() ? derived(fleet) : check(fleet);
    }

    @Override
    public final List<Finding> check(Checked checked) {
        List<Finding> base = check(checked, checked.base());
        List<Finding> found = new ArrayList<>(base);
        Map<Finding, List<String>> only = new LinkedHashMap<>();
        checked.environments().forEach((environment, fleet) -> {
            for (Finding finding : check(checked, fleet)) {
                if (!base.contains(finding)) {
                    only.computeIfAbsent(finding, key -> new ArrayList<>()).add(environment);
                }
            }
        });
        only.forEach((finding, environments) ->
                found.add(finding.withMessage(finding.message() + " (in " + String.join(", ", environments) + ")")));
        found.addAll(fromFacts(checked));
        return found;
    }
}
