package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All rules. */
public final class Rules {

    private static final List<Rule> ALL = List.of(
            new PW001IncompatiblePoolClass(),
            new PW002HazardousPool(),
            new PW003RefusedArgument(),
            new PW004SilentlyCorrected(),
            new PW005ZeroOrMissing(),
            new PW006ClassByEnvironment(),
            new PW010ServerBudget(),
            new PW011PathBudget(),
            new PW012CannotBound(),
            new PW013Pooler(),
            new PW020TimeoutLadder(),
            new PW021OneTruthTwice(),
            new PW030Drift(),
            new PW031TwoPools(),
            new PW032NoReason(),
            new PW040SessionState(),
            new PW041NestedBorrow());

    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .thenComparing(Finding::code)
            .thenComparing(finding -> finding.origin().file())
            .thenComparingInt(finding -> finding.origin().line())
            .thenComparing(Finding::subject);

    private Rules() {}

    /** Every rule, by code. */
    public static List<Rule> all() {
        return ALL;
    }

    /** What every rule finds: errors first, then by code and place. */
    public static List<Finding> check(Checked checked) {
        List<Finding> found = new ArrayList<>();
        ALL.forEach(rule -> found.addAll(rule.check(checked)));
        found.sort(ORDER);
        return List.copyOf(found);
    }
}
