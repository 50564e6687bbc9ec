package dev.poolwright.cli;

import dev.poolwright.files.FleetFile;
import dev.poolwright.files.ScenarioFile;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.Planner;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What names a plan: a fleet, a scenario, an environment, a seed. */
final class PlanOptions {

    @Parameters(
            index = "0",
            paramLabel = "FLEET",
            description = "fleet file, or a directory that holds poolwright.yaml")
    private Path file = Path.of("poolwright.yaml");

    @Parameters(
            index = "1",
            paramLabel = "SCENARIO",
            description = "name of a scenario (see `poolwright scenarios`), or a .yaml file")
    private String scenario = "";

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            defaultValue = "",
            description = "applies this environment's overlay")
    private String environment = "";

    @Option(names = "--seed", defaultValue = "1", description = "seed of every draw (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    ScenarioFile.Bound bound() throws Problems {
        FleetFile fleet = FleetFile.read(Inputs.fleet(file));
        return Inputs.scenario(Path.of(""), scenario).bind(fleet, environment);
    }

    Plan plan(ScenarioFile.Bound bound, double speed) {
        return Planner.plan(bound.fleet(), bound.scenario(), seed, speed);
    }
}
