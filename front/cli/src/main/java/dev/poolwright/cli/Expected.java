package dev.poolwright.cli;

import dev.poolwright.model.proof.JudgedRun;
import dev.poolwright.model.proof.ProofResult.State;
import dev.poolwright.model.proof.ProofRuns;
import dev.poolwright.model.scenario.Expectation;
import dev.poolwright.model.verdict.Link;
import dev.poolwright.model.verdict.Verdict;
import dev.poolwright.model.verdict.Verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether runs did what was expected. A break counts only in the stated way: the chain's links in order, and the stated
 * owner. A fleet that is expected to hold must hold in every run.
 */
record Expected(Expectation expectation) {

    State state(ProofRuns runs) {
        if (any(runs, Outcome.INVALID)) {
            return State.INVALID;
        }
        if (any(runs, Outcome.UNDECIDED)) {
            return State.UNDECIDED;
        }
        return reasons(runs).isEmpty() ? State.MET : State.NOT_MET;
    }

    /** Every way in which the runs differ from what was expected; empty when they do not. */
    List<String> reasons(ProofRuns runs) {
        List<String> reasons = new ArrayList<>();
        runs.production().value().ifPresent(run -> compare("sim", run, true, reasons));
        int number = 1;
        for (JudgedRun repeat : runs.repeats()) {
            compare("lab, repeat " + number++, repeat, false, reasons);
        }
        runs.control()
                .value()
                .map(JudgedRun::verdict)
                .filter(verdict -> verdict.outcome() != Outcome.HOLDS)
                .ifPresent(verdict -> reasons.add("control without the fault: expected HOLDS, was " + verdict.outcome()
                        + ": " + String.join("; ", verdict.reasons())));
        return reasons;
    }

    private boolean any(ProofRuns runs, Outcome outcome) {
        return runs.production().value().stream().anyMatch(run -> run.verdict().outcome() == outcome)
                || runs.repeats().stream().anyMatch(run -> run.verdict().outcome() == outcome)
                || runs.control().value().stream().anyMatch(run -> run.verdict().outcome() == outcome);
    }

    private void compare(String where, JudgedRun run, boolean owned, List<String> reasons) {
        Verdict verdict = run.verdict();
        Outcome wanted = expectation.breaks() ? Outcome.BREAKS : Outcome.HOLDS;
        if (verdict.outcome() != wanted) {
            reasons.add(where + ": expected " + wanted + ", was " + verdict.outcome() + ": "
                    + String.join("; ", verdict.reasons()));
            return;
        }
        run.figures().stream()
                .filter(figure -> !figure.seen())
                .forEach(figure -> reasons.add(where + ": not in the stated way: " + figure.sentence()));
        if (!expectation.breaks()) {
            return;
        }
        if (!verdict.chain().contains(expectation.chain())) {
            reasons.add(where + ": broke in another way: " + verdict.chain() + "; expected " + stated());
        }
        if (owned && !expectation.owner().isEmpty() && !verdict.owner().word().equals(expectation.owner())) {
            reasons.add(where + ": owner = " + verdict.owner().word() + ", expected " + expectation.owner());
        }
    }

    private String stated() {
        return expectation.chain().stream().map(Link::toString).collect(Collectors.joining(", "));
    }
}
