package dev.poolwright.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.lab.server.EmbeddedSettings;
import dev.poolwright.lab.server.GuardRails;
import dev.poolwright.lab.server.Interrupts;
import dev.poolwright.lab.server.LabServer;
import dev.poolwright.lab.server.RunName;
import dev.poolwright.lab.subject.PoolLibrary;
import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.fleet.Work;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.PlannedLoad;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.scenario.ArrivalPattern;
import dev.poolwright.policy.Clock;
import dev.poolwright.policy.Draws;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of work, on a library that blocks and on those that do not. */
@Timeout(60)
class WorkTest {

    @TempDir
    private static Path home;

    @TempDir
    private Path folder;

    private static final AtomicInteger NAMES = new AtomicInteger();

    private static LabServer server;
    private static Interrupts interrupts;

    @BeforeAll
    static void startServer() {
        server = LabServer.embedded(new EmbeddedSettings(new RunName("worklab"), 60, home), Clock.system());
        interrupts = Interrupts.watch(line -> {}, Clock.system());
    }

    @AfterAll
    static void stopServer() {
        interrupts.close();
        server.close();
    }

    static Stream<Arguments> worksAndLibraries() {
        List<Work> works = List.of(
                new Work.OneRow(1),
                new Work.Transaction(3, 1),
                new Work.TpcB(1),
                new Work.Sql("own.sql", List.of("select count(*) from evidence", "select :operation::bigint + 1")));
        return works.stream()
                .flatMap(work -> Stream.of(PoolLibrary.OVERFLOW, PoolLibrary.R2DBC, PoolLibrary.VERTX)
                        .map(library -> Arguments.of(work, library)));
    }

    @ParameterizedTest
    @MethodSource("worksAndLibraries")
    void theStatementsAreExecutedAndNoneFails(Work work, PoolLibrary library) throws Exception {
        Plan plan = with(
                Plans.saturation(Duration.ZERO, 30, Duration.ofMillis(1500), Duration.ofSeconds(5)),
                work,
                new ArrivalPattern.Even());
        Lab lab = new Lab(
                server,
                new GuardRails(Optional.empty()),
                interrupts,
                folder,
                "work" + NAMES.incrementAndGet(),
                Clock.system());
        PoolChoice choice = PoolChoice.of(library);
        RunRecord record = lab.run(
                LibrariesInTheLabTest.withoutOverflow(plan),
                new LabOptions(Map.of("backend/main", choice), Map.of()),
                share -> {});
        LoadResult whole = record.load("backend/chat", Window.WHOLE).orElseThrow();
        assertThat(whole.offered()).isBetween(44L, 45L);
        assertThat(whole.success()).isEqualTo(1);
        assertThat(record.health().evidence().complete()).isTrue();
        assertThat(record.health().leftovers()).isEmpty();
    }

    @Test
    void theSameOperationHasTheSameArgumentsInEveryRun() {
        Plan plan = with(
                Plans.saturation(Duration.ZERO, 30, Duration.ofSeconds(1), Duration.ofSeconds(5)),
                new Work.TpcB(3),
                ArrivalPattern.poisson());
        DrawnWork one = new DrawnWork(plan.loads().get(0), Draws.of(7));
        DrawnWork again = new DrawnWork(plan.loads().get(0), Draws.of(7));
        for (long operation = 0; operation < 1_000; operation++) {
            List<Operation.Statement> statements = one.of(operation);
            assertThat(statements).isEqualTo(again.of(operation)).hasSize(5);
            assertThat(statements.get(0).arguments().get(0)).isBetween(-5_000L, 5_000L);
            assertThat(statements.get(0).arguments().get(1)).isBetween(1L, 300_000L);
            assertThat(statements.get(2).arguments().get(1)).isBetween(1L, 30L);
            assertThat(statements.get(3).arguments().get(1)).isBetween(1L, 3L);
        }
    }

    private static Plan with(Plan plan, Work work, ArrivalPattern pattern) {
        PlannedLoad load = plan.loads().get(0);
        return plan.withLoads(List.of(new PlannedLoad(
                load.name(),
                load.service(),
                load.arrivalEntity(),
                load.rates(),
                load.borrows(),
                load.deadlineNanos(),
                load.retries(),
                load.backoff(),
                work,
                pattern)));
    }
}
