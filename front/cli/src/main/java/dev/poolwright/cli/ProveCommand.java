package dev.poolwright.cli;

import dev.poolwright.files.ProofFile;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.files.tree.Form;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.model.finding.Finding;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code poolwright prove}: puts every expectation of a proof file to the proof. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = {
            "Puts every expectation of DIR/proof.yaml to the proof: checks the fleet, simulates it, predicts the lab, runs it on a real PostgreSQL, and compares.",
            "Exits with 0 when every fleet broke or held as stated; after --stage check, when no fleet that is to hold has an error."
        })
final class ProveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "directory that holds proof.yaml, or a proof file")
    private Path directory = Path.of(".");

    @Mixin
    private LabChoices choices = new LabChoices();

    @Option(names = "--seed", defaultValue = "1", description = "seed of every draw (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Mixin
    private Selection selection = new Selection();

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            description =
                    "how far: check (the rules only), sim (the simulator too), lab (a real PostgreSQL too) (default: lab)")
    private Stage stage = Stage.LAB;

    @Option(names = "--no-lab", description = "the same as --stage sim")
    private boolean noLab;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Lasting.class,
            description =
                    "over and over for so long, for example 240m; the report is written anew after each pair, and a file named stop beside it ends the soak")
    private Optional<Duration> duration = Optional.empty();

    @Option(
            names = "--background",
            description = "in a process of its own that goes on when this one has ended; says where its report is")
    private boolean background;

    @Option(
            names = "--plots",
            paramLabel = "DIR",
            description =
                    "writes a drawing of a run of each scenario there, SCENARIO.svg: of the one that broke, if one did")
    private Optional<Path> plots = Optional.empty();

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "where reports go (default: .poolwright/reports in the current directory)")
    private Path reports = Path.of(".poolwright", "reports");

    @Spec
    private @Nullable CommandSpec spec;

    /** How far an expectation is put to the proof. */
    enum Stage {
        CHECK,
        SIM,
        LAB
    }

    @Override
    public Integer call() throws Problems, IOException, InterruptedException, SQLException {
        Clock clock = Clock.system();
        long began = clock.nanos();
        Path file = Files.isDirectory(directory) ? directory.resolve("proof.yaml") : directory;
        Path beside = file.getParent() == null ? Path.of("") : file.getParent();
        List<Expectation> expectations = selection.of(ProofFile.read(file), beside);
        if (noLab && stage == Stage.LAB) {
            stage = Stage.SIM;
        }
        Terminal terminal = new Terminal();
        if (background) {
            return inBackground(terminal);
        }
        if (choices.repeat.isEmpty()) {
            choices.repeat = selection.repeats();
        }
        List<ProofResult> results = run(expectations, beside, terminal, clock, began);
        ProofReport report = report(results, clock.nanos() - began);
        plots.ifPresent(folder -> Plots.write(folder, results));
        Path html = write(report);
        terminal.print(terminal.report().prove(report, html.toString()));
        return stage == Stage.CHECK ? checkedOnly(results) : report.exitCode();
    }

    private ProofReport report(List<ProofResult> results, long tookNanos) {
        return new ProofReport(
                new ProofReport.Header(
                        directory.toString(),
                        seed,
                        results.stream()
                                .mapToInt(result -> result.runs().repeats().size())
                                .max()
                                .orElse(0),
                        Duration.ofNanos(tookNanos)),
                results);
    }

    private Path write(ProofReport report) {
        Path html = reports.resolve("prove.html");
        ReportFiles.write(html, HtmlReport.page(report, Session.envelope()));
        ReportFiles.write(reports.resolve("prove.xml"), JunitReport.xml(report));
        return html;
    }

    private List<ProofResult> run(
            List<Expectation> expectations, Path beside, Terminal terminal, Clock clock, long began)
            throws Problems, IOException, InterruptedException, SQLException {
        ProgressLine progress = terminal.progress();
        Path stop = reports.resolve("stop");
        if (duration.isPresent()) {
            Files.deleteIfExists(stop);
        }
        try (OpenLab lab = stage == Stage.LAB ? OpenLab.open(choices, terminal) : null) {
            Prover prover = new Prover(
                    beside,
                    reports,
                    seed,
                    choices,
                    stage == Stage.CHECK ? Prover.Depth.CHECK : Prover.Depth.RUN,
                    Optional.ofNullable(lab),
                    progress);
            if (duration.isPresent()) {
                return new Soak(expectations, stop, clock, so -> write(report(so, clock.nanos() - began)))
                        .run(duration.get(), prover::prove);
            }
            List<ProofResult> results = new ArrayList<>();
            for (Expectation expectation : expectations) {
                results.add(prover.prove(expectation));
            }
            return results;
        } finally {
            progress.end();
        }
    }

    /** Nothing was run, so nothing is proven; but a fleet that is to hold must have no error. */
    private static int checkedOnly(List<ProofResult> results) {
        boolean wrong = results.stream()
                .filter(result -> !result.expectation().breaks())
                .flatMap(result -> result.findings().stream())
                .anyMatch(finding -> finding.severity() == Finding.Severity.ERROR);
        return wrong ? 1 : 0;
    }

    private int inBackground(Terminal terminal) throws IOException {
        if (spec == null) {
            throw new IllegalStateException("the command line was not parsed");
        }
        List<String> arguments =
                new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
        arguments.remove("--background");
        Path log = reports.resolve("prove.log");
        long process = Background.start(arguments, log);
        terminal.print("process " + process + "; report: " + reports.resolve("prove.html") + "; what it says: " + log
                + "; to end it: make the file " + reports.resolve("stop") + ", or kill " + process
                + System.lineSeparator());
        return 0;
    }

    /** From {@code 240m}. */
    static final class Lasting implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return Forms.SOME_TIME.read(text);
            } catch (Form.Unreadable e) {
                throw new TypeConversionException("duration = " + text + ": allowed is " + Forms.SOME_TIME.allowed());
            }
        }
    }
}
