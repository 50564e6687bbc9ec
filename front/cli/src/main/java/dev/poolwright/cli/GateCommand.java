package dev.poolwright.cli;

import dev.poolwright.files.FleetFile;
import dev.poolwright.files.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code poolwright gate}: runs what must pass before a deploy. Consistency everywhere; end to end before staging, on the
 * proofs of the tree; session creation before production, on the fleet file of the tree.
 */
@Command(
        name = "gate",
        mixinStandardHelpOptions = true,
        description = {
            "Runs what must pass before a deploy to an environment:",
            "everywhere  the check of the source tree (exit 1 on error findings)",
            "staging     end to end: `prove` of the tree's proof.yaml",
            "production  session creation: `lab` of the tree's poolwright.yaml in incompatible-pool"
        })
final class GateCommand implements Callable<Integer> {

    private static final String SESSIONS = "incompatible-pool";

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "source tree (default: here)")
    private Path given = Path.of(".");

    @Option(names = "--before", required = true, paramLabel = "ENVIRONMENT", description = "${COMPLETION-CANDIDATES}")
    private Environment before = Environment.STAGING;

    /** Where a deploy goes. */
    enum Environment {
        STAGING,
        PRODUCTION
    }

    private record Stage(String name, int code, String why) {}

    @Override
    public Integer call() throws Problems, IOException, InterruptedException {
        Terminal terminal = new Terminal();
        List<Stage> stages = new ArrayList<>();
        stages.add(run("consistency", new CheckCommand(), List.of(given.toString())));
        switch (before) {
            case STAGING ->
                stages.add(file("proof.yaml")
                        .map(proof -> run("end to end", new ProveCommand(), List.of(folder(proof))))
                        .orElse(new Stage("end to end", -1, "not run: no proof.yaml in " + given)));
            case PRODUCTION -> stages.add(sessions());
        }
        for (Stage stage : stages) {
            terminal.print(stage.name() + ": " + stage.why() + "\n");
        }
        int worst = stages.stream().mapToInt(Stage::code).max().orElse(0);
        terminal.print((worst <= 0 ? "open" : "closed") + ": gate before "
                + before.name().toLowerCase(java.util.Locale.ROOT) + "\n");
        return Math.max(0, worst);
    }

    private Stage sessions() throws Problems {
        Optional<Path> fleet = file("poolwright.yaml");
        if (fleet.isEmpty()) {
            return new Stage("session creation", -1, "not run: no poolwright.yaml in " + given);
        }
        boolean load = FleetFile.read(fleet.get()).fleet("").services().values().stream()
                .anyMatch(service -> !service.loads().isEmpty());
        return load
                ? run("session creation", new LabCommand(), List.of(fleet.get().toString(), SESSIONS))
                : new Stage("session creation", -1, "not run: no load in " + fleet.get());
    }

    private Optional<Path> file(String name) {
        return List.of(given.resolve(name), given.resolve("poolwright").resolve(name)).stream()
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static String folder(Path file) {
        Path parent = file.getParent();
        return parent == null ? "." : parent.toString();
    }

    private static Stage run(String name, Callable<Integer> command, List<String> arguments) {
        int code = new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Failures::tell)
                .execute(arguments.toArray(String[]::new));
        return new Stage(name, code, code == 0 ? "passes" : "fails with exit code " + code);
    }
}
