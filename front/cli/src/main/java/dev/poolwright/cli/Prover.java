package dev.poolwright.cli;

import dev.poolwright.cli.LabStage.MissingLibrary;
import dev.poolwright.files.FleetFile;
import dev.poolwright.files.ScenarioFile;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.lab.run.LabOptions;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.Planner;
import dev.poolwright.model.proof.Comparison;
import dev.poolwright.model.proof.JudgedRun;
import dev.poolwright.model.proof.Part;
import dev.poolwright.model.proof.PlanSummary;
import dev.poolwright.model.proof.PredictionComparison;
import dev.poolwright.model.proof.ProofResult;
import dev.poolwright.model.proof.ProofRuns;
import dev.poolwright.model.scenario.Expectation;
import dev.poolwright.model.scenario.Fault;
import dev.poolwright.report.JsonReport;
import dev.poolwright.report.ProgressLine;
import dev.poolwright.report.ReportFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts one expectation to the proof: check, simulate, predict the lab, run the lab, compare. */
final class Prover {

    /** Where a speed is too much for a machine that is busy, half of it is tried. */
    private static final double SLOWER = 2;

    private final Path directory;
    private final Path reports;
    private final long seed;
    private final LabChoices choices;
    private final Optional<Bench> lab;
    private final ProgressLine progress;

    /**
     * @param reports where the prediction is written before the lab begins
     * @param lab absent when the lab was not asked for
     */
    Prover(Path directory, Path reports, long seed, LabChoices choices, Optional<Bench> lab, ProgressLine progress) {
        this.directory = directory;
        this.reports = reports;
        this.seed = seed;
        this.choices = choices;
        this.lab = lab;
        this.progress = progress;
    }

    ProofResult prove(Expectation expectation) throws Problems, IOException, InterruptedException, SQLException {
        String name = expectation.fleet() + " × " + expectation.scenario();
        progress.stage("check and sim " + name);
        FleetFile file = FleetFile.read(directory.resolve(expectation.fleet()));
        List<Finding> findings = Inputs.findings(file);
        ScenarioFile.Bound bound =
                Inputs.scenario(directory, expectation.scenario()).bind(file, expectation.environment());
        Plan production = Planner.plan(bound.fleet(), bound.scenario(), seed, 1);
        JudgedRun predicted = SimCommand.simulated(production);
        List<String> notes = new ArrayList<>();
        LabRuns measured = lab.isEmpty()
                ? LabRuns.none("the lab was not asked for")
                : measured(lab.get(), bound, production, expectation, name, notes);
        ProofRuns runs = new ProofRuns(Part.of(predicted), measured.twin(), measured.repeats(), measured.control());
        Expected expected = new Expected(expectation);
        return new ProofResult(
                expectation,
                expected.state(runs),
                expected.reasons(runs),
                findings,
                PlanSummary.of(production),
                runs,
                measured.comparison(),
                notes);
    }

    /** What the lab gave. */
    private record LabRuns(
            Part<JudgedRun> twin, List<JudgedRun> repeats, Part<JudgedRun> control, Part<Comparison> comparison) {
        static LabRuns none(String why) {
            return new LabRuns(Part.absent(why), List.of(), Part.absent(why), Part.absent(why));
        }
    }

    private LabRuns measured(
            Bench bench,
            ScenarioFile.Bound bound,
            Plan production,
            Expectation expectation,
            String name,
            List<String> notes)
            throws IOException, InterruptedException, SQLException {
        LabOptions options;
        try {
            options = LabStage.options(bound.fleet(), bound.scenario());
        } catch (MissingLibrary e) {
            notes.add("lab skipped: " + e.getMessage());
            return LabRuns.none("skipped: " + e.getMessage());
        }
        double speed = options.own().isEmpty() ? bench.speed(production, choices.speed) : 1;
        boolean maySlow = speed > 1 && choices.speed.isEmpty();
        Stage stage = new Stage(bench, bound, expectation, options, name, notes);
        Trial first = trial(stage, speed, false, maySlow ? Again.AT_MOST - 1 : Again.AT_MOST);
        if (!maySlow || !first.measured().isDisturbed()) {
            return first.runs();
        }
        double slower = Math.max(1, Math.floor(speed / SLOWER * 10) / 10);
        notes.add(String.format(
                Locale.ROOT,
                "lab: all runs were measured again at speed %.1f, because at %.1f one was disturbed twice: %s",
                slower,
                speed,
                String.join("; ", first.measured().disturbed())));
        return trial(stage, slower, true, 0).runs();
    }

    /** What is the same at every speed. */
    private record Stage(
            Bench bench,
            ScenarioFile.Bound bound,
            Expectation expectation,
            LabOptions options,
            String name,
            List<String> notes) {}

    /** An expectation in the lab at one speed. */
    private record Trial(LabRuns runs, Again.Measured measured) {}

    private Trial trial(Stage stage, double speed, boolean oneAtATime, int againAtMost)
            throws IOException, InterruptedException, SQLException {
        ScenarioFile.Bound bound = stage.bound();
        LabOptions options = stage.options();
        Plan twin = stage.bench().calibration().twin(Planner.plan(bound.fleet(), bound.scenario(), seed, speed));
        JudgedRun prediction = written(twin, stage);
        int repeats = LabStage.repeats(twin, options, choices.repeat);
        boolean controlled =
                stage.expectation().breaks() && twin.faults().stream().anyMatch(Fault::isFault);
        progress.stage("lab " + stage.name() + (repeats > 1 ? ", " + repeats + " repeats" : "")
                + (controlled ? " and control" : ""));
        List<Again.Named> plans = new ArrayList<>(Again.repeats(twin, repeats));
        if (controlled) {
            plans.add(new Again.Named("control", twin.control()));
        }
        Again.Measured measured = new Again(stage.bench(), options, progress, oneAtATime).measure(plans, againAtMost);
        if (!measured.discarded().isEmpty()) {
            stage.notes().add(Again.note(measured.discarded()));
        }
        List<JudgedRun> runs = measured.runs().subList(0, repeats);
        Part<JudgedRun> control =
                controlled ? Part.of(measured.runs().getLast()) : Part.absent("the scenario has no fault to take out");
        return new Trial(
                new LabRuns(Part.of(prediction), runs, control, compared(twin, prediction, runs, options)), measured);
    }

    /** The prediction of a twin, written to disk before the twin is measured. */
    private JudgedRun written(Plan twin, Stage stage) throws SQLException {
        JudgedRun prediction = SimCommand.simulated(twin);
        Path file = reports.resolve("prediction-" + twin.digest() + ".json");
        ReportFiles.write(file, JsonReport.file(prediction.record(), Session.envelope()));
        stage.notes()
                .add(String.format(
                        Locale.ROOT,
                        "lab at speed %.1f on %s; prediction written before the run: %s",
                        twin.header().speed(),
                        stage.bench().calibration(),
                        file.getFileName()));
        return prediction;
    }

    private static Part<Comparison> compared(
            Plan twin, JudgedRun prediction, List<JudgedRun> runs, LabOptions options) {
        if (!options.own().isEmpty()) {
            return Part.absent("a real library's process is compared by its errors, not by its waits");
        }
        return Part.of(PredictionComparison.compare(
                twin, prediction.record(), runs.stream().map(JudgedRun::record).toList()));
    }
}
