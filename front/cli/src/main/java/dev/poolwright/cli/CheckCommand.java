package dev.poolwright.cli;

import dev.poolwright.files.FleetFile;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @Override
    public Integer call() throws Problems, IOException, InterruptedException {
        Terminal terminal = new Terminal();
        List<Finding> findings;
        if (Files.isDirectory(given)) {
            TreeCheck tree = TreeCheck.of(given);
            findings = tree.findings();
            terminal.print(Inventory.of(tree.derived(), tree.facts()));
        } else {
            findings = Inputs.findings(FleetFile.read(Inputs.fleet(given)));
        }
        Path root = Files.isDirectory(given) ? given : Path.of("");
        terminal.print(terminal.report().check(given.toString(), findings, new Sources(root)));
        return findings.stream().anyMatch(finding -> finding.severity().compareTo(failOn) <= 0) ? 1 : 0;
    }
}
