package dev.poolwright.model.verdict;

import dev.poolwright.model.fleet.Objective;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.run.Happening;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.verdict.Chain.Joint;
import dev.poolwright.model.verdict.Chain.Reach;
import dev.poolwright.model.verdict.Verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Judges a run record against its plan. Reads nothing else, so simulator, lab and watch are judged alike. */
public final class Judge {

    /** Fewer operations than this prove nothing either way. */
    static final long FEWEST_OPERATIONS = 20;

    private Judge() {}

    public static Verdict judge(RunRecord record, Plan plan) {
        List<String> invalid = Invalidity.of(record.health()).values().stream()
                .flatMap(List::stream)
                .toList();
        if (!invalid.isEmpty()) {
            return new Verdict(Outcome.INVALID, invalid, Chain.NONE, Owner.UNDETERMINED);
        }
        List<String> undecided = new ArrayList<>(plan.notes().unknown());
        record.health().unmodelled().forEach(what -> undecided.add(what + " is not modelled"));
        if (!undecided.isEmpty()) {
            return new Verdict(Outcome.UNDECIDED, undecided, chain(record), Owner.UNDETERMINED);
        }
        return decided(record, plan);
    }

    /** What was asked to be seen in a run beside its verdict; bounds in time are those of the plan at speed 1. */
    public static List<Figure> figures(RunRecord record, Plan plan, List<Objective> asked) {
        return asked.stream().map(objective -> figure(record, plan, objective)).toList();
    }

    private static Figure figure(RunRecord record, Plan plan, Objective asked) {
        Objective scaled = asked.metric().isTime()
                ? new Objective(asked.metric(), asked.bound() / plan.header().speed(), asked.window(), asked.origin())
                : asked;
        Measured measured = Measure.of(record, plan, scaled);
        return new Figure(
                scaled.metric(),
                scaled.window(),
                measured.value(),
                measured.samples() > 0 && measured.met(scaled),
                measured.samples() > 0
                        ? measured.sentence(scaled)
                        : scaled.metric().key() + ": nothing to measure it on was seen");
    }

    private static Verdict decided(RunRecord record, Plan plan) {
        List<String> missed = new ArrayList<>();
        List<String> met = new ArrayList<>();
        boolean tooFew = false;
        for (Objective objective : plan.objectives()) {
            Measured measured = Measure.of(record, plan, objective);
            tooFew |= measured.samples() < FEWEST_OPERATIONS;
            (measured.met(objective) ? met : missed).add(measured.sentence(objective));
        }
        Chain chain = chain(record);
        List<String> failures = chain.joints().stream()
                .filter(joint -> isFatal(joint.link().kind()))
                .map(joint ->
                        String.format(Locale.ROOT, "%s, %d times: %s", joint.link(), joint.count(), joint.detail()))
                .toList();
        missed.addAll(failures);
        if (!missed.isEmpty()) {
            return new Verdict(Outcome.BREAKS, missed, chain, owner(chain));
        }
        if (tooFew) {
            return new Verdict(
                    Outcome.UNDECIDED,
                    List.of("fewer than " + FEWEST_OPERATIONS + " operations in a judged window"),
                    chain,
                    Owner.UNDETERMINED);
        }
        return new Verdict(Outcome.HOLDS, met, Chain.NONE, Owner.UNDETERMINED);
    }

    /** Whether one occurrence is a break whatever the objectives say. */
    private static boolean isFatal(LinkKind kind) {
        return switch (kind) {
            case POOL_INCOMPATIBLE, PHASE_OVER, EXIT_3, START_CUT -> true;
            default -> false;
        };
    }

    /** Everything of the vocabulary that happened, in the order of its first time; joined by "then" until proven. */
    public static Chain chain(RunRecord record) {
        return new Chain(record.happenings().stream().map(Judge::joint).toList());
    }

    private static Joint joint(Happening happening) {
        return new Joint(happening.link(), happening.firstNanos(), happening.count(), happening.detail(), Reach.THEN);
    }

    /** The owner of the first link that is proven to cause what follows; of the only failure kind where none is. */
    static Owner owner(Chain chain) {
        for (Joint joint : chain.joints()) {
            if (joint.reach() == Reach.THEREFORE) {
                return joint.link().kind().owner();
            }
        }
        List<Owner> failing = chain.joints().stream()
                .filter(joint -> joint.link().kind().isFailure())
                .map(joint -> joint.link().kind().owner())
                .distinct()
                .toList();
        return failing.size() == 1 ? failing.get(0) : Owner.UNDETERMINED;
    }

    /** The verdict with its chain's joints proven by {@code proven}; the owner follows from them. */
    public static Verdict withProof(Verdict verdict, Chain proven) {
        return verdict.outcome() == Outcome.BREAKS
                ? new Verdict(verdict.outcome(), verdict.reasons(), proven, owner(proven))
                : verdict;
    }
}
