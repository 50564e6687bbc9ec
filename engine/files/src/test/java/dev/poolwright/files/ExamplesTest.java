package dev.poolwright.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.Planner;
import dev.poolwright.model.scenario.Expectation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything in {@code examples/} and every built-in scenario can be read, bound and planned. */
class ExamplesTest {

    private static final Path EXAMPLES = Path.of("../../examples");

    static List<Path> fleets() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES, 2)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("proof.yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("fleets")
    void everyExampleIsReadInEveryEnvironmentAndPlanned(Path file) throws Problems {
        FleetFile fleet = FleetFile.read(file);
        assertThat(fleet.fleet("").services()).isNotEmpty();
        for (String environment : fleet.environments()) {
            assertThat(fleet.fleet(environment).environment()).isEqualTo(environment);
        }
    }

    static List<Expectation> expectations() throws Problems {
        return ProofFile.read(EXAMPLES.resolve("netra/proof.yaml"));
    }

    static List<Expectation> expectationsOfTheLab() throws Problems {
        return ProofFile.read(EXAMPLES.resolve("lab/proof.yaml"));
    }

    @ParameterizedTest
    @MethodSource("expectationsOfTheLab")
    void everyPairOfTheLabIsBoundAndPlannedWithNothingUnknown(Expectation pair) throws Problems {
        bindAndPlan("lab", pair);
    }

    @ParameterizedTest
    @MethodSource("expectations")
    void everyPairOfTheProofIsBoundAndPlannedWithNothingUnknown(Expectation pair) throws Problems {
        bindAndPlan("netra", pair);
    }

    private static void bindAndPlan(String folder, Expectation pair) throws Problems {
        FleetFile fleet = FleetFile.read(EXAMPLES.resolve(folder).resolve(pair.fleet()));
        ScenarioFile.Bound bound = ScenarioFile.builtIn(pair.scenario()).bind(fleet, pair.environment());
        Plan plan = Planner.plan(bound.fleet(), bound.scenario(), 1, 1);
        assertThat(plan.notes().unknown()).isEmpty();
        assertThat(bound.scenario().loads()).isNotEmpty();
    }

    @Test
    void everyBuiltInScenarioHasItsNameAndAPage() throws Problems {
        for (String name : ScenarioFile.names()) {
            ScenarioFile scenario = ScenarioFile.builtIn(name);
            assertThat(scenario.name()).isEqualTo(name);
            assertThat(scenario.about()).isNotBlank();
            assertThat(Path.of("../../docs/scenarios", name + ".md")).exists();
        }
    }
}
