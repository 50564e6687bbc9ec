package dev.poolwright.rules;

import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.fleet.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

    /** Rules that need no more than one pool to be sure. */
    private static final Set<String> ONE_POOL = Set.of("PW001", "PW002", "PW003", "PW004", "PW005");

    private Rules() {}

    /** Every rule, by code. */
    public static List<Rule> all() {
        return ALL;
    }

    /**
     * A fleet that somebody has stated, joined with the facts of its source tree: what every rule finds, and beside it what is
     * wrong with the configuration of the pools that the fleet file does not name with {@code from:}.
     */
    public static List<Finding> joined(Checked stated) {
        Set<String> named = new HashSet<>();
        stated.base()
                .services()
                .values()
                .forEach(service -> service.pools().values().forEach(pool -> {
                    Value<Object> from = pool.written().get("from");
                    if (from != null) {
                        from.possible().forEach(one -> named.add(String.valueOf(one)));
                    }
                }));
        List<Fact> rest = stated.facts().all().stream()
                .filter(fact -> !(fact instanceof DeclaredPool pool && named.contains(pool.name())))
                .toList();
        Checked unnamed = Checked.of(new Facts(rest, stated.facts().coverage()));
        List<Finding> found = new ArrayList<>(check(stated));
        for (Rule rule : ALL) {
            if (rule instanceof PoolRule && ONE_POOL.contains(rule.code())) {
                found.addAll(rule.check(unnamed));
            }
        }
        found.sort(ORDER);
        return found.stream().distinct().toList();
    }

    /** What every rule finds: errors first, then by code and place. */
    public static List<Finding> check(Checked checked) {
        List<Finding> found = new ArrayList<>();
        ALL.forEach(rule -> found.addAll(rule.check(checked)));
        found.sort(ORDER);
        return List.copyOf(found);
    }
}
