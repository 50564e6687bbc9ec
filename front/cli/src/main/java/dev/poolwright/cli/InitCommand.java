package dev.poolwright.cli;

import dev.poolwright.cli.Failures.WrongUse;
import dev.poolwright.files.FleetFile;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.derive.DerivedFleet;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.report.CheckJson;
import dev.poolwright.report.ReportFiles;
import dev.poolwright.scan.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code poolwright init}: writes a first fleet file for a source tree, and the lock file beside it. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Writes poolwright.yaml with only what scanning cannot know, each gap with what would settle it,",
            "and " + LockCommand.FILE + " with what scanning found."
        })
final class InitCommand implements Callable<Integer> {

    private static final String FILE = "poolwright.yaml";

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "source tree (default: here)")
    private Path given = Path.of(".");

    @Option(names = "--force", description = "write over a poolwright.yaml that is there")
    private boolean force;

    @Override
    public Integer call() throws IOException, InterruptedException, Problems {
        Path file = given.resolve(FILE);
        if (Files.exists(file) && !force) {
            throw new WrongUse(file + " is there already: --force writes over it");
        }
        Facts facts = Scan.of(given);
        DerivedFleet derived = DerivedFleet.of(facts);
        if (derived.fleet().services().isEmpty()) {
            throw new WrongUse(
                    given
                            + ": no pool was found there, so there is no fleet to write; `poolwright check` says what was looked at");
        }
        String text = FleetDraft.of(name(given), derived);
        FleetFile.read(file, text, facts);
        ReportFiles.write(file, text);
        ReportFiles.write(given.resolve(LockCommand.FILE), CheckJson.lock(facts));
        long gaps = text.lines().filter(line -> line.contains("{unknown:")).count();
        new Terminal()
                .print("wrote " + file + ": "
                        + count(derived.fleet().services().size(), "service") + ", " + count(gaps, "line")
                        + " with gaps to settle\nwrote "
                        + given.resolve(LockCommand.FILE) + "\n");
        return 0;
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String name(Path folder) {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        return last == null ? "fleet" : last.toString();
    }
}
