package dev.poolwright.cli;

import dev.poolwright.files.FleetFile;
import dev.poolwright.files.ScenarioFile;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.Planner;
import dev.poolwright.model.proof.JudgedRun;
import dev.poolwright.model.proof.Part;
import dev.poolwright.model.proof.PlanSummary;
import dev.poolwright.model.proof.ProofResult;
import dev.poolwright.model.proof.ProofRuns;
import dev.poolwright.model.scenario.Expectation;
import dev.poolwright.model.verdict.Judge;
import dev.poolwright.report.ProgressLine;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts one expectation to the proof: check, simulate, predict the lab, run the lab, compare. */
final class Prover {

    private final Path directory;
    private final Path reports;
    private final long seed;
    private final LabChoices choices;
    private final Depth depth;
    private final Optional<Bench> lab;
    private final ProgressLine progress;

    /**
     * @param reports where the prediction is written before the lab begins
     * @param depth whether anything is run at all
     * @param lab absent when the lab was not asked for
     */
    Prover(
            Path directory,
            Path reports,
            long seed,
            LabChoices choices,
            Depth depth,
            Optional<Bench> lab,
            ProgressLine progress) {
        this.directory = directory;
        this.reports = reports;
        this.seed = seed;
        this.choices = choices;
        this.depth = depth;
        this.lab = lab;
        this.progress = progress;
    }

    /** How far an expectation is taken. */
    enum Depth {
        /** The rules look at the fleet. */
        CHECK,
        /** It is simulated too, and measured where there is a lab. */
        RUN
    }

    /** With the figures that are asked for. */
    static JudgedRun looked(JudgedRun run, Plan plan, Expectation expectation) {
        return run.withFigures(Judge.figures(run.record(), plan, expectation.figures()));
    }

    ProofResult prove(Expectation expectation) throws Problems, IOException, InterruptedException, SQLException {
        String name = expectation.fleet() + " × " + expectation.scenario();
        progress.stage("check and sim " + name);
        FleetFile file = FleetFile.read(directory.resolve(expectation.fleet()));
        List<Finding> findings = Inputs.findings(file);
        ScenarioFile.Bound bound =
                Inputs.scenario(directory, expectation.scenario()).bind(file, expectation.environment());
        if (depth == Depth.CHECK) {
            String why = "only the rules were asked for";
            return new ProofResult(
                    expectation,
                    ProofResult.State.SKIPPED,
                    List.of(why),
                    findings,
                    PlanSummary.NONE,
                    ProofRuns.none(why),
                    Part.absent(why),
                    List.of());
        }
        Plan production = Planner.plan(bound.fleet(), bound.scenario(), seed, 1);
        JudgedRun predicted = looked(SimCommand.simulated(production), production, expectation);
        List<String> notes = new ArrayList<>();
        LabProof.Runs measured = lab.isEmpty()
                ? LabProof.Runs.none("the lab was not asked for")
                : new LabProof(lab.get(), bound, expectation, new LabProof.Choices(seed, choices, reports), progress)
                        .runs(production, name, notes);
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
}
