package dev.poolwright.cli;

import dev.poolwright.files.FleetFile;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code poolwright check}: applies every rule to a fleet file. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Applies every rule to a fleet file, and to each of its environments.")
final class CheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "fleet file, or a directory that holds poolwright.yaml")
    private Path file = Path.of("poolwright.yaml");

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "error",
            description = "exit with 1 from this severity on: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Severity failOn = Severity.ERROR;

    @Override
    public Integer call() throws Problems {
        FleetFile fleet = FleetFile.read(Inputs.fleet(file));
        List<Finding> findings = Inputs.findings(fleet);
        Terminal terminal = new Terminal();
        terminal.print(terminal.report().check(fleet.file().toString(), findings, new Sources(Path.of(""))));
        return findings.stream().anyMatch(finding -> finding.severity().compareTo(failOn) <= 0) ? 1 : 0;
    }
}
