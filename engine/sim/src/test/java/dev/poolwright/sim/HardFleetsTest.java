package dev.poolwright.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.files.FleetFile;
import dev.poolwright.files.ScenarioFile;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.Planner;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.run.RunRecord;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Poolers, read replicas, several databases, kinds of process and nested borrows run through every scenario they fit. */
class HardFleetsTest {

    private static final Path EXAMPLES = Path.of("..", "..", "examples");

    @ParameterizedTest
    @CsvSource({
        "shop-pgbouncer.yaml, saturation",
        "shop-pgbouncer.yaml, queueing",
        "orders-reads.yaml, saturation",
        "orders-reads.yaml, queueing"
    })
    void everyOperationHasAnOutcomeAndTheSameSeedGivesTheSameRecord(String fleet, String scenario) throws Problems {
        ScenarioFile.Bound bound = ScenarioFile.builtIn(scenario).bind(FleetFile.read(EXAMPLES.resolve(fleet)), "");
        Plan plan = Planner.plan(bound.fleet(), bound.scenario(), 3, 1);
        RunRecord record = Simulator.run(plan);
        assertThat(record.loads(Window.WHOLE)).hasSameSizeAs(plan.loads());
        assertThat(record.loads(Window.WHOLE)).allSatisfy(load -> {
            assertThat(load.offered()).isPositive();
            assertThat(load.count(LoadResult.Outcome.UNFINISHED)).isZero();
        });
        assertThat(record.health().unmodelled()).isEmpty();
        assertThat(Simulator.run(plan)).isEqualTo(record);
    }
}
