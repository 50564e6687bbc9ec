package dev.poolwright.cli;

import dev.poolwright.cli.LabStage.MissingLibrary;
import dev.poolwright.files.ScenarioFile;
import dev.poolwright.lab.run.LabOptions;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.Planner;
import dev.poolwright.model.proof.Comparison;
import dev.poolwright.model.proof.JudgedRun;
import dev.poolwright.model.proof.Part;
import dev.poolwright.model.proof.PredictionComparison;
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

/**
 * The lab's part of one proof: the prediction is written, then repeats and control are measured, then both are compared.
 * Where the machine is too busy for the speed, all of that once more at a lower one.
 */
final class LabProof {

    /** How much slower: half the rate is half the work for every part. */
    private static final double SLOWER = 2;

    private final Bench bench;
    private final ScenarioFile.Bound bound;
    private final Expectation expectation;
    private final Choices choices;
    private final ProgressLine progress;

    LabProof(Bench bench, ScenarioFile.Bound bound, Expectation expectation, Choices choices, ProgressLine progress) {
        this.bench = bench;
        this.bound = bound;
        this.expectation = expectation;
        this.choices = choices;
        this.progress = progress;
    }

    /**
     * What the user chose.
     *
     * @param reports where the prediction is written before the lab begins
     */
    record Choices(long seed, LabChoices lab, Path reports) {}

    /** What the lab gave. */
    record Runs(Part<JudgedRun> twin, List<JudgedRun> repeats, Part<JudgedRun> control, Part<Comparison> comparison) {
        static Runs none(String why) {
            return new Runs(Part.absent(why), List.of(), Part.absent(why), Part.absent(why));
        }
    }

    /** One speed's runs, and what it took to get them. */
    private record Trial(Runs runs, Again.Measured measured) {}

    /**
     * Measures.
     *
     * @param production the plan at speed 1
     * @param name of the pair, for the progress
     * @param notes get what people should know of how it went
     */
    Runs runs(Plan production, String name, List<String> notes) throws IOException, InterruptedException, SQLException {
        LabOptions options;
        try {
            options = LabStage.options(
                    bound.fleet(), bound.scenario(), choices.lab().knownSubject());
        } catch (MissingLibrary e) {
            notes.add("lab skipped: " + e.getMessage());
            return Runs.none("skipped: " + e.getMessage());
        }
        boolean atStatedTimes = expectation.cycle() != Expectation.Cycle.MINUTES_2;
        Optional<Double> asked = choices.lab().speed.or(() -> atStatedTimes ? Optional.of(1.0) : Optional.empty());
        double speed = options.startsPrograms() ? 1 : bench.speed(production, asked);
        boolean maySlow = speed > 1 && choices.lab().speed.isEmpty();
        Again again = new Again(bench, options, progress, false);
        Trial first = trial(speed, options, again, maySlow ? Again.AT_MOST - 1 : Again.AT_MOST, name, notes);
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
        return trial(slower, options, new Again(bench, options, progress, true), 0, name, notes)
                .runs();
    }

    private Trial trial(double speed, LabOptions options, Again again, int againAtMost, String name, List<String> notes)
            throws IOException, InterruptedException, SQLException {
        Plan twin = bench.calibration().twin(Planner.plan(bound.fleet(), bound.scenario(), choices.seed(), speed));
        JudgedRun prediction = Prover.looked(written(twin, notes), twin, expectation);
        int repeats = LabStage.repeats(twin, options, choices.lab().repeat);
        boolean controlled = expectation.breaks() && twin.faults().stream().anyMatch(Fault::isFault);
        progress.stage(
                "lab " + name + (repeats > 1 ? ", " + repeats + " repeats" : "") + (controlled ? " and control" : ""));
        List<Again.Named> plans = new ArrayList<>(Again.repeats(twin, repeats));
        if (controlled) {
            plans.add(new Again.Named("control", twin.control()));
        }
        Again.Measured measured = again.measure(plans, againAtMost);
        if (!measured.discarded().isEmpty()) {
            notes.add(Again.note(measured.discarded()));
        }
        List<JudgedRun> runs = measured.runs().subList(0, repeats).stream()
                .map(run -> Prover.looked(run, twin, expectation))
                .toList();
        Part<JudgedRun> control =
                controlled ? Part.of(measured.runs().getLast()) : Part.absent("the scenario has no fault to take out");
        return new Trial(
                new Runs(Part.of(prediction), runs, control, compared(twin, prediction, runs, options)), measured);
    }

    /** The prediction of a twin, written to disk before the twin is measured. */
    private JudgedRun written(Plan twin, List<String> notes) throws SQLException {
        JudgedRun prediction = SimCommand.simulated(twin);
        Path file = choices.reports().resolve("prediction-" + twin.digest() + ".json");
        ReportFiles.write(file, JsonReport.file(prediction.record(), Session.envelope()));
        notes.add(String.format(
                Locale.ROOT,
                "lab at speed %.1f on %s; prediction written before the run: %s",
                twin.header().speed(),
                bench.calibration(),
                file.getFileName()));
        return prediction;
    }

    private static Part<Comparison> compared(
            Plan twin, JudgedRun prediction, List<JudgedRun> runs, LabOptions options) {
        if (options.startsPrograms()) {
            return Part.absent("a real library's process is compared by its errors, not by its waits");
        }
        return Part.of(PredictionComparison.compare(
                twin, prediction.record(), runs.stream().map(JudgedRun::record).toList()));
    }
}
