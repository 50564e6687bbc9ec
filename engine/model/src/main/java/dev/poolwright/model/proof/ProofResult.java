package dev.poolwright.model.proof;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.scenario.Expectation;
import java.util.List;

/**
 * What became of one row of a {@code proof.yaml}.
 *
 * @param reasons why it is in its state, one sentence each; never empty unless it is met
 * @param findings of the rules on the fleet, before any run
 * @param plan of the production prediction
 * @param comparison of the lab twin's prediction with its measurement
 * @param notes what people should know besides, one sentence each
 */
public record ProofResult(
        Expectation expectation,
        State state,
        List<String> reasons,
        List<Finding> findings,
        PlanSummary plan,
        ProofRuns runs,
        Part<Comparison> comparison,
        List<String> notes) {

    public ProofResult {
        reasons = List.copyOf(reasons);
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
        if (state != State.MET && reasons.isEmpty()) {
            throw new IllegalArgumentException("state = " + state + ", reasons = []: must say why");
        }
        if (state == State.MET
                && runs.production().value().isEmpty()
                && runs.repeats().isEmpty()) {
            throw new IllegalArgumentException("state = MET without a run: a pass needs work that stands behind it");
        }
    }

    /** Whether the expectation was met. */
    public enum State {
        /** It broke in the stated way, or it held, as expected. */
        MET("met"),
        /** It did something else. */
        NOT_MET("not met"),
        /** The runs could not tell. */
        UNDECIDED("undecided"),
        /** A run proves nothing. */
        INVALID("invalid"),
        /** It was not tried. */
        SKIPPED("skipped");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** The words in reports. */
        public String words() {
            return words;
        }
    }
}
