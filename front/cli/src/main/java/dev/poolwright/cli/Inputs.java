package dev.poolwright.cli;

import dev.poolwright.cli.Failures.WrongUse;
import dev.poolwright.files.FleetFile;
import dev.poolwright.files.ScenarioFile;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.rules.Checked;
import dev.poolwright.rules.Rules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what the commands are given. */
final class Inputs {

    private Inputs() {}

    /** A directory stands for its {@code poolwright.yaml}. */
    static Path fleet(Path given) {
        return Files.isDirectory(given) && Files.exists(given.resolve("poolwright.yaml"))
                ? given.resolve("poolwright.yaml")
                : given;
    }

    /** A file when there is one of that name, else one of the scenarios that come with Poolwright. */
    static ScenarioFile scenario(Path beside, String name) throws Problems {
        Path file = beside.resolve(name);
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return ScenarioFile.read(file);
        }
        if (!ScenarioFile.names().contains(name)) {
            throw new WrongUse("scenario = " + name + ": there is none of that name; allowed is one of "
                    + String.join(", ", ScenarioFile.names()) + ", or the path of a .yaml file");
        }
        return ScenarioFile.builtIn(name);
    }

    static List<Finding> findings(FleetFile file) throws Problems {
        SortedMap<String, Fleet> environments = new TreeMap<>();
        for (String environment : file.environments()) {
            environments.put(environment, file.fleet(environment));
        }
        return Rules.check(new Checked(file.fleet(""), environments, file.reasons()));
    }
}
