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

    @Override
    public final List<Finding> check(Checked checked) {
        List<Finding> base = check(checked.base());
        List<Finding> found = new ArrayList<>(base);
        Map<Finding, List<String>> only = new LinkedHashMap<>();
        checked.environments().forEach((environment, fleet) -> {
            for (Finding finding : check(fleet)) {
                if (!base.contains(finding)) {
                    only.computeIfAbsent(finding, key -> new ArrayList<>()).add(environment);
                }
            }
        });
        only.forEach((finding, environments) -> found.add(new Finding(
                finding.code(),
                finding.severity(),
                finding.message() + " (in " + String.join(", ", environments) + ")",
                finding.subject(),
                finding.terms(),
                finding.fix(),
                finding.origin())));
        return found;
    }
}
