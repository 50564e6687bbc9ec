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
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts one expectation to the proof: check, simulate, predict the lab, run the lab, compare. */
final class Prover {

    private final Path directory;
    private final Path reports;
    private final long seed;
    private final LabChoices choices;
    private final Optional<OpenLab> lab;
    private final ProgressLine progress;

    /**
     * @param reports where the prediction is written before the lab begins
     * @param lab absent when the lab was not asked for
     */
    Prover(Path directory, Path reports, long seed, LabChoices choices, Optional<OpenLab> lab, ProgressLine progress) {
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
            OpenLab open,
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
        double speed = options.own().isEmpty() ? open.speed(production, choices.speed) : 1;
        Plan twin = open.calibration().twin(Planner.plan(bound.fleet(), bound.scenario(), seed, speed));
        JudgedRun prediction = SimCommand.simulated(twin);
        Path written = reports.resolve("prediction-" + twin.digest() + ".json");
        ReportFiles.write(written, JsonReport.file(prediction.record(), Session.envelope()));
        notes.add(String.format(
                Locale.ROOT,
                "lab at speed %.1f on %s; prediction written before the run: %s",
                speed,
                open.calibration(),
                written.getFileName()));
        int repeats = LabStage.repeats(twin, options, choices.repeat);
        boolean controlled = expectation.breaks() && twin.faults().stream().anyMatch(Fault::isFault);
        progress.stage(
                "lab " + name + (repeats > 1 ? ", " + repeats + " repeats" : "") + (controlled ? " and control" : ""));
        List<Plan> plans = new ArrayList<>(Collections.nCopies(repeats, twin));
        if (controlled) {
            plans.add(twin.control());
        }
        List<JudgedRun> all = LabStage.run(open, plans, options, progress::at);
        List<JudgedRun> runs = all.subList(0, repeats);
        Part<JudgedRun> control =
                controlled ? Part.of(all.getLast()) : Part.absent("the scenario has no fault to take out");
        return new LabRuns(Part.of(prediction), runs, control, compared(twin, prediction, runs, options));
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
