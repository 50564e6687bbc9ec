package dev.poolwright.cli;

import dev.poolwright.cli.Failures.WrongUse;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.finding.Accepted;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.report.Baseline;
import dev.poolwright.report.CheckJson;
import dev.poolwright.report.FindingsJunit;
import dev.poolwright.report.ReportFiles;
import dev.poolwright.report.SarifReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code poolwright check}: applies every rule to a source tree or to a fleet file. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Applies every rule to a source tree, or to a fleet file and each of its environments.")
final class CheckCommand implements Callable<Integer> {

    /** Beside the tree, unless another file is named. */
    static final String BASELINE = "poolwright.baseline.json";

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR|FILE",
            description = "source tree (default: here), or fleet file; a poolwright.yaml in the tree is joined with it")
    private Path given = Path.of(".");

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "error",
            description = "exit with 1 from this severity on: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Severity failOn = Severity.ERROR;

    @Option(names = "--json", paramLabel = "FILE", description = "write findings and pools as JSON")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--sarif", paramLabel = "FILE", description = "write findings as SARIF 2.1.0")
    private Optional<Path> sarif = Optional.empty();

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "write findings as JUnit XML, a test case for each rule")
    private Optional<Path> junit = Optional.empty();

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description =
                    "findings that are listed there fail nothing (default: " + BASELINE + " in DIR, if there is one)")
    private Optional<Path> baseline = Optional.empty();

    @Option(names = "--write-baseline", description = "list today's findings in the baseline, and exit with 0")
    private boolean writeBaseline;

    @Option(
            names = "--against",
            paramLabel = "REV",
            description = "say what changed since a git revision, and fail only on findings that are new since")
    private Optional<String> against = Optional.empty();

    @Option(names = "--notes", description = "show notes in full")
    private boolean notes;

    @Override
    public Integer call() throws Problems, IOException, InterruptedException {
        Terminal terminal = new Terminal();
        Path root = Files.isDirectory(given) ? given : Path.of("");
        Sources sources = new Sources(root);
        TreeCheck check = Files.isDirectory(given) ? TreeCheck.of(given) : TreeCheck.ofFile(given);
        List<Accepted> accepted = new ArrayList<>();
        List<Finding> standing = new Comments(sources).standing(check.findings(), accepted);
        Path baselineFile = baseline.orElse(root.resolve(BASELINE));
        if (writeBaseline) {
            ReportFiles.write(baselineFile, Baseline.text(standing, sources));
            terminal.print("baseline: " + standing.size() + " findings in " + baselineFile + "\n");
            return 0;
        }
        if (baseline.isPresent() || Files.exists(baselineFile)) {
            standing = known(baselineFile).standing(standing, accepted, sources);
        }
        List<Finding> failing = standing;
        terminal.print(Inventory.of(check));
        if (against.isPresent()) {
            Against change = Against.of(root, against.get(), check);
            change.lines().forEach(line -> terminal.print(line + "\n"));
            terminal.print("\n");
            failing = standing.stream().filter(change.fresh()::contains).toList();
            standing = failing;
        }
        terminal.print(terminal.report().check(given.toString(), standing, accepted, notes, sources));
        write(check, standing, accepted, sources);
        return Comments.fail(failing, failOn) ? 1 : 0;
    }

    private void write(TreeCheck check, List<Finding> findings, List<Accepted> accepted, Sources sources) {
        json.ifPresent(file -> ReportFiles.write(
                file, CheckJson.findings(given.toString(), findings, accepted, check.facts(), sources)));
        sarif.ifPresent(file -> ReportFiles.write(
                file, SarifReport.json(findings, accepted, RulePages.titles(), Main.Version.number(), sources)));
        junit.ifPresent(file ->
                ReportFiles.write(file, FindingsJunit.xml(given.toString(), findings, RulePages.titles(), failOn)));
    }

    private static Baseline known(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new WrongUse(
                    "baseline = " + file + ": no such file; write it with `poolwright check --write-baseline`");
        }
        try {
            return Baseline.read(Files.readString(file));
        } catch (IllegalArgumentException wrong) {
            throw new WrongUse("baseline = " + file + ": " + wrong.getMessage()
                    + "; write it anew with `poolwright check --write-baseline`");
        }
    }
}
