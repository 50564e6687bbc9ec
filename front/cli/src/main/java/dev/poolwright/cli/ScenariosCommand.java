package dev.poolwright.cli;

import dev.poolwright.files.ScenarioFile;
import dev.poolwright.files.problem.Problems;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code poolwright scenarios}: lists the scenarios that come with Poolwright. */
@Command(
        name = "scenarios",
        mixinStandardHelpOptions = true,
        description = "Lists the scenarios that come with Poolwright.")
final class ScenariosCommand implements Callable<Integer> {

    @Override
    public Integer call() throws Problems {
        Terminal terminal = new Terminal();
        for (String name : ScenarioFile.names()) {
            terminal.print(
                    String.format("%-20s %s%n", name, ScenarioFile.builtIn(name).about()));
        }
        return 0;
    }
}
