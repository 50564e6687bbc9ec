package dev.poolwright.cli;

import dev.poolwright.cli.Failures.WrongUse;
import dev.poolwright.files.ScenarioFile;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.lab.run.LabOptions;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.proof.JudgedRun;
import dev.poolwright.report.JsonReport;
import dev.poolwright.report.ProgressLine;
import dev.poolwright.report.ReportFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code poolwright lab}: runs a fleet through a scenario on a real PostgreSQL. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        description = "Runs a fleet through a scenario on a real PostgreSQL and judges it.")
final class LabCommand implements Callable<Integer> {

    @Mixin
    private PlanOptions options = new PlanOptions();

    @Mixin
    private LabChoices choices = new LabChoices();

    @Option(names = "--json", paramLabel = "FILE", description = "writes the run record of the first repeat there")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws Problems, IOException, InterruptedException, SQLException {
        ScenarioFile.Bound bound = options.bound();
        Terminal terminal = new Terminal();
        ProgressLine progress = terminal.progress();
        Again.Measured measured;
        try (OpenLab lab = OpenLab.open(choices, terminal)) {
            LabOptions how = LabStage.options(bound.fleet(), bound.scenario(), choices.knownSubject());
            double speed = how.startsPrograms() ? 1 : lab.speed(options.plan(bound, 1), choices.speed);
            Plan twin = lab.calibration().twin(options.plan(bound, speed));
            progress.stage("lab " + bound.scenario().name() + ", speed " + speed);
            int repeats = LabStage.repeats(twin, how, choices.repeat);
            measured = new Again(lab, how, progress, false).measure(Again.repeats(twin, repeats), Again.AT_MOST);
            progress.end();
        } catch (LabStage.MissingLibrary e) {
            throw new WrongUse(String.valueOf(e.getMessage()));
        }
        List<JudgedRun> runs = measured.runs();
        terminal.print(terminal.report().lab(runs));
        if (!measured.discarded().isEmpty()) {
            terminal.print("  note: " + Again.note(measured.discarded()) + System.lineSeparator());
        }
        json.ifPresent(
                file -> ReportFiles.write(file, JsonReport.file(runs.getFirst().record(), Session.envelope())));
        return runs.stream()
                .mapToInt(run -> SimCommand.exitCode(run.verdict()))
                .max()
                .orElse(4);
    }
}
