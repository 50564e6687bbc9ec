package dev.poolwright.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.run.Health;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.run.LoadResult.Outcome;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.verdict.Judge;
import dev.poolwright.model.verdict.Link;
import dev.poolwright.model.verdict.LinkKind;
import dev.poolwright.policy.Clock;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LabRunTest {

    private static EmbeddedPostgres server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServer() throws IOException, SQLException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "200")
                .start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table evidence (run text, stream int, sequence bigint, primary key (run, stream, sequence))");
        }
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Test
    void callersBeyondAFullPoolWaitTheirFullTimeout() throws Exception {
        RunRecord record =
                run(Plans.saturation(Duration.ofMillis(600), 20, Duration.ofSeconds(2), Duration.ofMillis(300)));
        LoadResult whole = record.load("backend/chat", Window.WHOLE).orElseThrow();
        assertThat(whole.count(Outcome.SUCCEEDED)).isGreaterThan(8);
        assertThat(whole.count(Outcome.ACQUIRE_TIMEOUT)).isGreaterThan(8);
        assertThat(whole.acquireWait().maxNanos()).isBetween(290 * Plans.MILLI, 400 * Plans.MILLI);
        assertThat(Judge.chain(record).links())
                .containsSubsequence(
                        new Link(LinkKind.POOL_FULL, "backend/main"),
                        new Link(LinkKind.ACQUIRE_TIMEOUT, "backend/main"));
        assertThat(record.health().leftovers()).isEmpty();
    }

    @Test
    void startsThroughAFullPathPassTheirPhaseLimitAndExitWithThree() throws Exception {
        RunRecord record = run(Plans.storm(4));
        assertThat(Judge.chain(record).links())
                .containsSubsequence(
                        new Link(LinkKind.PATH_FULL, "vpc"),
                        new Link(LinkKind.CONNECT_SLOW, "backend"),
                        new Link(LinkKind.PHASE_OVER, "backend/DATABASE"),
                        new Link(LinkKind.EXIT_3, "backend"));
        assertThat(record.health().leftovers()).isEmpty();
    }

    @Test
    void startsThroughAWidePathBecomeReady() throws Exception {
        RunRecord record = run(Plans.storm(40));
        assertThat(Judge.chain(record).links()).doesNotContain(new Link(LinkKind.EXIT_3, "backend"));
        List<Long> ready = record.series("service/backend/ready").orElseThrow().values();
        assertThat(ready.get(ready.size() - 2)).isEqualTo(5);
        assertThat(record.load("backend/chat", Window.WHOLE).orElseThrow().success())
                .isGreaterThan(0.95);
    }

    private RunRecord run(Plan plan) throws IOException, InterruptedException {
        LabTarget target = new LabTarget(
                "1", "poolwright_test", "127.0.0.1", server.getPort(), "postgres", "postgres", "postgres");
        LabSettings settings = new LabSettings("1", 5, Set.of(), folder);
        LabRun run =
                new LabRun(plan, settings, target, (service, paths, clock, notes) -> Optional.empty(), Clock.system());
        try (run) {
            run.run(share -> {});
        }
        return run.record(Health.Evidence.NOT_NEEDED, List.of());
    }
}
