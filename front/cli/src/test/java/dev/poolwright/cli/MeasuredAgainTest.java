package dev.poolwright.cli;

import static dev.poolwright.cli.MadeUpBench.EVIDENCE_MISSING;
import static dev.poolwright.cli.MadeUpBench.GOOD;
import static dev.poolwright.cli.MadeUpBench.LATE;
import static dev.poolwright.cli.MadeUpBench.LEFT_BEHIND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.cli.MadeUpBench.Asked;
import dev.poolwright.files.ProofFile;
import dev.poolwright.model.proof.JudgedRun;
import dev.poolwright.model.proof.ProofReport;
import dev.poolwright.model.proof.ProofResult;
import dev.poolwright.model.proof.ProofResult.State;
import dev.poolwright.model.scenario.Expectation;
import dev.poolwright.model.verdict.Verdict.Outcome;
import dev.poolwright.policy.Clock;
import dev.poolwright.report.Ansi;
import dev.poolwright.report.Envelope;
import dev.poolwright.report.HtmlReport;
import dev.poolwright.report.JunitReport;
import dev.poolwright.report.ProgressLine;
import dev.poolwright.report.TerminalReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a run that proves nothing. The pair under test has one repeat and a control. */
@Timeout(60)
class MeasuredAgainTest {

    private static final Path NETRA = Path.of("..", "..", "examples", "netra");

    @TempDir
    private Path folder;

    @Test
    void aLateRunIsMeasuredAgainAloneAndTheNoteSaysSo() throws Exception {
        MadeUpBench bench = new MadeUpBench(8, GOOD, LATE, GOOD);
        ProofResult result = proven(bench, Optional.empty());
        assertThat(result.state()).isEqualTo(State.MET);
        assertThat(bench.asked).containsExactly(new Asked(2, 8, false), new Asked(1, 8, true));
        assertThat(result.notes())
                .contains("lab: 1 run was measured again: control INVALID, generator lag p99 = 399 ms: at most 20 ms");
    }

    @Test
    void everyReportTellsOfTheMeasurementsThatWereNotUsed() throws Exception {
        ProofResult result = proven(new MadeUpBench(8, LATE, LATE), Optional.empty());
        ProofReport report =
                new ProofReport(new ProofReport.Header("netra", 1, 1, Duration.ofSeconds(1)), List.of(result));
        String note =
                "lab: 2 runs were measured again: repeat 1 INVALID, generator lag p99 = 399 ms: at most 20 ms; control";
        Envelope envelope = new Envelope("1", "host", Instant.EPOCH, "25");
        assertThat(new TerminalReport(Ansi.OFF, 400).prove(report, "")).contains(note);
        // The page escapes the "=".
        assertThat(HtmlReport.page(report, envelope)).contains(note.substring(0, note.indexOf("=")));
        assertThat(JunitReport.xml(report)).contains(note);
    }

    @Test
    void aRunThatIsLateAgainHasEverythingMeasuredAtHalfTheSpeedWithItsOwnPrediction() throws Exception {
        MadeUpBench bench = new MadeUpBench(8, LATE, GOOD, LATE);
        ProofResult result = proven(bench, Optional.empty());
        assertThat(result.state()).isEqualTo(State.MET);
        assertThat(bench.asked).containsExactly(new Asked(2, 8, false), new Asked(1, 8, true), new Asked(2, 4, true));
        assertThat(result.runs().repeats().getFirst().record().header().speed()).isEqualTo(4);
        assertThat(speed(result.runs().twin().value())).isEqualTo(4);
        assertThat(speed(result.runs().control().value())).isEqualTo(4);
        assertThat(result.comparison().value().orElseThrow().speed()).isEqualTo(4);
        assertThat(result.notes())
                .anySatisfy(note -> assertThat(note)
                        .startsWith(
                                "lab: all runs were measured again at speed 4.0, because at 8.0 one was disturbed twice: "
                                        + "repeat 1 INVALID"));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().contains("prediction-")))
                    .hasSize(2);
        }
    }

    private static double speed(Optional<JudgedRun> run) {
        return run.orElseThrow().record().header().speed();
    }

    @Test
    void aRunThatIsLateThreeTimesStaysInvalid() throws Exception {
        MadeUpBench bench = new MadeUpBench(8, LATE, GOOD, LATE, LATE, GOOD);
        ProofResult result = proven(bench, Optional.empty());
        assertThat(result.state()).isEqualTo(State.INVALID);
        assertThat(bench.asked).hasSize(3);
        assertThat(result.runs().repeats().getFirst().verdict().outcome()).isEqualTo(Outcome.INVALID);
    }

    @Test
    void aSpeedThatWasAskedForIsKeptAndTheBoundOfTwoHolds() throws Exception {
        MadeUpBench bench = new MadeUpBench(8, LATE, GOOD, LATE, LATE, LATE);
        ProofResult result = proven(bench, Optional.of(2.0));
        assertThat(result.state()).isEqualTo(State.INVALID);
        assertThat(bench.asked).containsExactly(new Asked(2, 2, false), new Asked(1, 2, true), new Asked(1, 2, true));
        assertThat(result.notes()).anySatisfy(note -> assertThat(note).startsWith("lab: 2 runs were measured again: "));
    }

    @Test
    void atRealTimeThereIsNothingSlowerToGoTo() throws Exception {
        MadeUpBench bench = new MadeUpBench(1, LATE, GOOD, LATE, GOOD);
        assertThat(proven(bench, Optional.empty()).state()).isEqualTo(State.MET);
        assertThat(bench.asked).containsExactly(new Asked(2, 1, false), new Asked(1, 1, true), new Asked(1, 1, true));
    }

    @Test
    void missingEvidenceAndLeftoversAreNotMeasuredAway() throws Exception {
        for (MadeUpBench bench : List.of(new MadeUpBench(8, EVIDENCE_MISSING), new MadeUpBench(8, GOOD, LEFT_BEHIND))) {
            ProofResult result = proven(bench, Optional.empty());
            assertThat(result.state()).isEqualTo(State.INVALID);
            assertThat(bench.asked).hasSize(1);
            assertThat(result.notes()).noneMatch(note -> note.contains("measured again"));
        }
    }

    private ProofResult proven(MadeUpBench bench, Optional<Double> speed) throws Exception {
        LabChoices choices = new LabChoices();
        choices.speed = speed;
        ProgressLine progress = new ProgressLine(new StringBuilder(), false, 80, Clock.system());
        return new Prover(NETRA, folder, 1, choices, Prover.Depth.RUN, Optional.of(bench), progress).prove(pair());
    }

    private static Expectation pair() throws Exception {
        return ProofFile.read(NETRA.resolve("proof.yaml")).stream()
                .filter(one ->
                        one.fleet().startsWith("before-1278") && one.scenario().equals("connector-scaling"))
                .findFirst()
                .orElseThrow(() -> new IOException("the reference system has lost its pair"));
    }
}
