package dev.poolwright.model.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.proof.ProofResult.State;
import dev.poolwright.model.run.Health;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.scenario.Expectation;
import dev.poolwright.model.verdict.Chain;
import dev.poolwright.model.verdict.Owner;
import dev.poolwright.model.verdict.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProofReportTest {

    @Test
    void exitCodeSaysMissedBeforeUndecided() {
        assertThat(report(State.MET, State.MET).exitCode()).isEqualTo(0);
        assertThat(report(State.MET, State.SKIPPED).exitCode()).isEqualTo(0);
        assertThat(report(State.MET, State.INVALID).exitCode()).isEqualTo(4);
        assertThat(report(State.MET, State.UNDECIDED).exitCode()).isEqualTo(4);
        assertThat(report(State.UNDECIDED, State.NOT_MET).exitCode()).isEqualTo(1);
    }

    @Test
    void nothingTriedIsNoPass() {
        assertThat(report().met()).isFalse();
        assertThat(report(State.SKIPPED).exitCode()).isEqualTo(4);
    }

    @Test
    void metWithoutARunIsRefused() {
        assertThatThrownBy(() -> result(State.MET, ProofRuns.none("not run")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a pass needs work");
    }

    @Test
    void measurementCannotStandAsAPrediction() {
        assertThatThrownBy(() ->
                        new ProofRuns(Part.of(run("lab")), Part.absent("no lab"), List.of(), Part.absent("no lab")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("production: source = lab: must be sim");
    }

    private static ProofReport report(State... states) {
        ProofRuns runs =
                new ProofRuns(Part.of(run("sim")), Part.absent("no lab"), List.of(), Part.absent("nothing to control"));
        return new ProofReport(
                new ProofReport.Header("examples/netra", 7, 0, Duration.ofSeconds(2)),
                Arrays.stream(states).map(state -> result(state, runs)).toList());
    }

    private static ProofResult result(State state, ProofRuns runs) {
        return new ProofResult(
                new Expectation("a.yaml", "", "queueing", false, List.of(), "", Origin.NONE),
                state,
                List.of("so it was"),
                List.of(),
                PlanSummary.NONE,
                runs,
                Part.absent("no lab"),
                List.of());
    }

    private static JudgedRun run(String source) {
        RunRecord record = new RunRecord(
                source,
                new RunRecord.Header("a", "", "queueing", 7, 1, 1, "0"),
                1,
                List.of(),
                List.of(),
                List.of(),
                Health.ofSimulator(List.of()));
        return new JudgedRun(record, new Verdict(Verdict.Outcome.HOLDS, List.of(), Chain.NONE, Owner.UNDETERMINED));
    }
}
