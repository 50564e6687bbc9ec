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
            new PW007UnknownParameter(),
            new PW008Credentials(),
            new PW009LocalhostInProduction(),
            new PW010ServerBudget(),
            new PW011PathBudget(),
            new PW012CannotBound(),
            new PW013Pooler(),
            new PW014CallersAbovePool(),
            new PW020TimeoutLadder(),
            new PW021OneTruthTwice(),
            new PW022Lifetimes(),
            new PW023InertSetting(),
            new PW030Drift(),
            new PW031TwoPools(),
            new PW032NoReason(),
            new PW040SessionState(),
            new PW041NestedBorrow(),
            new PW042HeldAcrossSlow(),
            new PW043HeldWhileStreaming(),
            new PW044NotAlwaysClosed(),
            new PW045PoolPerCall(),
            new PW046ForkOrLoops(),
            new PW047HealthCheckNeedsPool(),
            new PW048ResetByCommit(),
            new PW049MaxAgeUnderAsgi(),
            new PW050MisreportedFailure(),
            new PW051NoPause());

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
