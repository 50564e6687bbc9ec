package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A demand held against a budget: an error when even the least asked for is more than the most available, a warning when
 * the most asked for is more than the least available. Where a term is unknown there is no answer (PW012 says so).
 */
record Fit(Demand demand, Budget budget) {

    /** A finding of this code when it does not fit. */
    Optional<Finding> finding(String code, String subject, String what, String fix, Origin origin) {
        if (!settled()) {
            return Optional.empty();
        }
        Range available = budget.available().orElseThrow();
        boolean never = demand.least().low() > budget.atMost().orElseThrow().high();
        if (!never && demand.most().high() <= available.low()) {
            return Optional.empty();
        }
        List<Term> terms = new ArrayList<>();
        demand.shares().forEach(share -> terms.addAll(share.terms()));
        terms.addAll(budget.terms());
        terms.add(Terms.of("at the minimum", sum(Demand.Share::least) + " = " + demand.least()));
        terms.add(Terms.of("at the most", sum(Demand.Share::most) + " = " + demand.most()));
        terms.add(Terms.of("to plan with", available));
        Severity severity = never ? Severity.ERROR : Severity.WARNING;
        return Optional.of(new Finding(code, severity, what + ": " + stops(available), subject, terms, fix, origin));
    }

    boolean settled() {
        return demand.unsettled().isEmpty()
                && budget.unsettled().isEmpty()
                && budget.available().isPresent();
    }

    private String sum(java.util.function.Function<Demand.Share, Range> instances) {
        return String.join(
                " + ",
                demand.shares().stream()
                        .map(share -> instances.apply(share) + " x " + share.perInstance())
                        .toList());
    }

    /** At how many instances of the service that asks for most it stops fitting, all others at their minimum. */
    private String stops(Range available) {
        Optional<Demand.Share> lead = demand.shares().stream()
                .filter(share -> share.scales() && share.perInstance().high() > 0)
                .max(Comparator.comparingLong(
                        share -> share.perInstance().times(share.most()).high()));
        if (lead.isEmpty()) {
            return demand.most() + " wanted, " + available + " to plan with";
        }
        Demand.Share share = lead.get();
        long others =
                demand.least().high() - share.perInstance().times(share.least()).high();
        long fits = Math.floorDiv(available.low() - others, share.perInstance().high());
        if (fits < 1) {
            return "not even at 1 instance of " + share.name();
        }
        return fits >= share.most().high()
                ? "fits with the others at their minimum, not with all at their maximum"
                : "fits at " + fits + (fits == 1 ? " instance" : " instances") + " of " + share.name() + ", not at "
                        + (fits + 1);
    }
}
