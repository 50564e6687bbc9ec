package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import java.util.List;

public final class Rules {
    private Rules() {}

    public static List<Rule> all() {
        return List.of();
    }

    public static List<Finding> check(Checked checked) {
        return all().stream().flatMap(rule -> rule.check(checked).stream()).toList();
    }
}
