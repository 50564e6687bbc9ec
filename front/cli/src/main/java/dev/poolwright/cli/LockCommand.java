package dev.poolwright.cli;

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

/** {@code poolwright lock}: writes every pool with its resolved values beside the tree, so that a change shows as a diff. */
@Command(
        name = "lock",
        mixinStandardHelpOptions = true,
        description = "Writes " + LockCommand.FILE + ": every pool of a source tree with its resolved values.")
final class LockCommand implements Callable<Integer> {

    static final String FILE = "poolwright.lock.json";

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "source tree (default: here)")
    private Path given = Path.of(".");

    @Option(names = "--check", description = "write nothing; exit with 1 when the file is not what it would be")
    private boolean only;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Terminal terminal = new Terminal();
        String text = CheckJson.lock(Scan.of(given));
        Path file = given.resolve(FILE);
        if (only) {
            boolean same = Files.isRegularFile(file) && Files.readString(file).equals(text);
            terminal.print(same ? file + " is up to date\n" : file + " is not up to date: run `poolwright lock`\n");
            return same ? 0 : 1;
        }
        ReportFiles.write(file, text);
        terminal.print("wrote " + file + "\n");
        return 0;
    }
}
