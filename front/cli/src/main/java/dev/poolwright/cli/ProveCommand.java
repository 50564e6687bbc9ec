package dev.poolwright.cli;

import dev.poolwright.files.ProofFile;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.proof.ProofReport;
import dev.poolwright.model.proof.ProofResult;
import dev.poolwright.model.scenario.Expectation;
import dev.poolwright.policy.Clock;
import dev.poolwright.report.HtmlReport;
import dev.poolwright.report.JunitReport;
import dev.poolwright.report.ProgressLine;
import dev.poolwright.report.ReportFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code poolwright prove}: puts every expectation of a proof file to the proof. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = {
            "Puts every expectation of DIR/proof.yaml to the proof: checks the fleet, simulates it, predicts the lab, runs it on a real PostgreSQL, and compares.",
            "Exits with 0 when every fleet broke or held as stated."
        })
final class ProveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "directory that holds proof.yaml, or a proof file")
    private Path directory = Path.of(".");

    @Mixin
    private LabChoices choices = new LabChoices();

    @Option(names = "--seed", defaultValue = "1", description = "seed of every draw (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(
            names = "--only",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "only pairs whose fleet or scenario contains this")
    private String only = "";

    @Option(names = "--no-lab", description = "checks and simulates only; nothing is proven on a real server")
    private boolean noLab;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "where reports go (default: .poolwright/reports in the current directory)")
    private Path reports = Path.of(".poolwright", "reports");

    @Override
    public Integer call() throws Problems, IOException, InterruptedException, SQLException {
        Clock clock = Clock.system();
        long began = clock.nanos();
        Path file = Files.isDirectory(directory) ? directory.resolve("proof.yaml") : directory;
        List<Expectation> expectations = selected(ProofFile.read(file));
        Terminal terminal = new Terminal();
        List<ProofResult> results = run(expectations, file, terminal);
        ProofReport report = new ProofReport(
                new ProofReport.Header(
                        directory.toString(),
                        seed,
                        results.stream()
                                .mapToInt(result -> result.runs().repeats().size())
                                .max()
                                .orElse(0),
                        Duration.ofNanos(clock.nanos() - began)),
                results);
        Path html = reports.resolve("prove.html");
        ReportFiles.write(html, HtmlReport.page(report, Session.envelope()));
        ReportFiles.write(reports.resolve("prove.xml"), JunitReport.xml(report));
        terminal.print(terminal.report().prove(report, html.toString()));
        return report.exitCode();
    }

    private List<ProofResult> run(List<Expectation> expectations, Path file, Terminal terminal)
            throws Problems, IOException, InterruptedException, SQLException {
        ProgressLine progress = terminal.progress();
        Path beside = file.getParent();
        List<ProofResult> results = new ArrayList<>();
        try (OpenLab lab = noLab ? null : OpenLab.open(choices, terminal)) {
            Prover prover = new Prover(
                    beside == null ? Path.of("") : beside, reports, seed, choices, Optional.ofNullable(lab), progress);
            for (Expectation expectation : expectations) {
                results.add(prover.prove(expectation));
            }
        } finally {
            progress.end();
        }
        return results;
    }

    private List<Expectation> selected(List<Expectation> all) {
        List<Expectation> chosen = all.stream()
                .filter(one -> one.fleet().contains(only) || one.scenario().contains(only))
                .toList();
        if (chosen.isEmpty()) {
            throw new Failures.WrongUse("only = " + only + ": no pair of the proof contains it; allowed is a part of "
                    + String.join(
                            ", ",
                            all.stream()
                                    .map(one -> one.fleet() + " × " + one.scenario())
                                    .toList()));
        }
        return chosen;
    }
}
