package dev.poolwright.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.lab.server.EmbeddedServer;
import dev.poolwright.lab.server.EmbeddedSettings;
import dev.poolwright.lab.server.GuardRails;
import dev.poolwright.lab.server.Interrupts;
import dev.poolwright.lab.server.LabServer;
import dev.poolwright.lab.server.RunName;
import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.verdict.Judge;
import dev.poolwright.model.verdict.Verdict;
import dev.poolwright.policy.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the harness promises, broken on purpose: each time one clear verdict or error, and nothing is left behind unsaid. */
@Timeout(120)
class PlantedTroubleTest {

    private static final Plan SHORT =
            Plans.saturation(Duration.ofMillis(20), 60, Duration.ofSeconds(2), Duration.ofMillis(500));

    @TempDir
    private Path home;

    private EmbeddedServer server;
    private Interrupts interrupts;

    @BeforeEach
    void startServer() {
        server = LabServer.embedded(new EmbeddedSettings(new RunName("planted"), 60, home), Clock.system());
        interrupts = Interrupts.watch(line -> {}, Clock.system());
    }

    @AfterEach
    void stopServer() {
        interrupts.close();
        server.stop();
    }

    @Test
    void aServerKilledInTheMiddleMakesTheRunInvalidAndSaysThatNothingCouldBeLookedUp() throws Exception {
        long postmaster = Long.parseLong(text("select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)"));
        RunRecord record = run(Clock.system(), once(0.4, () -> kill(postmaster)));
        Verdict verdict = Judge.judge(record, SHORT);
        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.INVALID);
        assertThat(String.join("\n", verdict.reasons())).contains("left behind:");
        assertThat(server.stop().leftovers()).isEmpty();
    }

    @Test
    void aCleanUpThatFailsMakesTheRunInvalidAndNamesWhatIsLeft() throws Exception {
        // An object of the run's role outside of the run's database: the server refuses to drop the role.
        RunRecord record = run(
                Clock.system(),
                once(0.3, () -> sql("create table kept (n int)", "alter table kept owner to \"" + runRole() + "\"")));
        Verdict verdict = Judge.judge(record, SHORT);
        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.INVALID);
        assertThat(String.join("\n", verdict.reasons()))
                .contains("left behind: role " + runRole() + " is still there; do: drop role");
        String role = runRole();
        sql("drop table kept", "drop role \"" + role + "\"");
        assertThat(RunRecordOfNext.isClean(run(Clock.system(), share -> {}))).isTrue();
    }

    @Test
    void aClockThatJumpsMakesTheRunInvalidInsteadOfFast() throws Exception {
        AtomicLong jumped = new AtomicLong();
        Clock jumping = () -> Clock.system().nanos() + jumped.get();
        RunRecord record =
                run(jumping, once(0.3, () -> jumped.set(Duration.ofSeconds(1).toNanos())));
        Verdict verdict = Judge.judge(record, SHORT);
        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.INVALID);
        assertThat(String.join("\n", verdict.reasons())).contains("generator lag p99 = ");
        assertThat(databases()).isEmpty();
    }

    @Test
    void aSubjectThatDiesAtItsStartIsOneErrorWithItsLastWordsAndNothingIsLeft() throws Exception {
        // Tomcat JDBC has no overflow, and the plan's pool has: the service ends before it listens.
        LabOptions options = new LabOptions(Map.of(), Map.of(), Map.of("backend", "tomcat-jdbc"));
        assertThatThrownBy(() -> lab(Clock.system()).run(SHORT, options, share -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it ended with 1 before it was ready")
                .hasMessageContaining("there is no overflow, only 0 is possible");
        assertThat(databases()).isEmpty();
        assertThat(roles()).isEmpty();
    }

    @Test
    void runsSideBySideHaveADatabaseEachAndDoNotDisturbEachOther() throws Exception {
        Lab lab = lab(Clock.system());
        List<String> seen = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<RunRecord>> running = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                DoubleConsumer look = i == 0 ? once(0.5, () -> seen.addAll(databases())) : share -> {};
                Callable<RunRecord> run = () -> lab.run(SHORT, new LabOptions(Set.of(), Map.of()), look);
                running.add(threads.submit(run));
            }
            for (Future<RunRecord> run : running) {
                assertThat(RunRecordOfNext.isClean(run.get())).isTrue();
                assertThat(run.get()
                                .load("backend/chat", Window.WHOLE)
                                .orElseThrow()
                                .success())
                        .isGreaterThan(0.9);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(seen).hasSize(2).doesNotHaveDuplicates();
        assertThat(databases()).isEmpty();
    }

    /** What a run looks like after which nothing is left and everything acknowledged was found. */
    private static final class RunRecordOfNext {
        static boolean isClean(RunRecord record) {
            return record.health().leftovers().isEmpty()
                    && record.health().evidence().complete();
        }
    }

    private RunRecord run(Clock clock, DoubleConsumer progress) throws IOException, InterruptedException {
        return lab(clock).run(SHORT, new LabOptions(Set.of(), Map.of()), progress);
    }

    private Lab lab(Clock clock) {
        return new Lab(server, new GuardRails(Optional.empty()), interrupts, home, "planted", clock);
    }

    /** An act at a share of the run. */
    private static DoubleConsumer once(double share, Act act) {
        AtomicBoolean done = new AtomicBoolean();
        return now -> {
            if (now >= share && done.compareAndSet(false, true)) {
                try {
                    act.run();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    private interface Act {
        void run() throws SQLException;
    }

    private static void kill(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    private String runRole() throws SQLException {
        return roles().get(0);
    }

    private List<String> roles() throws SQLException {
        return texts("select rolname from pg_roles where rolname like 'poolwright%planted\\_%' order by 1");
    }

    private List<String> databases() throws SQLException {
        return texts("select datname from pg_database where datname like 'poolwright%planted\\_%' order by 1");
    }

    private String text(String query) throws SQLException {
        return texts(query).get(0);
    }

    private List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    private Connection connect() throws SQLException {
        return java.sql.DriverManager.getConnection(
                "jdbc:postgresql://" + server.url().host() + ":" + server.url().port() + "/"
                        + server.url().database(),
                server.url().properties("planted-trouble"));
    }
}
