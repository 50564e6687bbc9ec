package dev.poolwright.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.lab.server.EmbeddedSettings;
import dev.poolwright.lab.server.GuardRails;
import dev.poolwright.lab.server.Interrupts;
import dev.poolwright.lab.server.LabServer;
import dev.poolwright.lab.server.RunName;
import dev.poolwright.lab.subject.PgBouncer;
import dev.poolwright.lab.subject.PoolLibrary;
import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.fleet.Pooler;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.PlannedLoad;
import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.run.LoadResult.Outcome;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.policy.Backoff;
import dev.poolwright.policy.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole runs on each library, with evidence read back and nothing left. */
@Timeout(60)
class LibrariesInTheLabTest {

    @TempDir
    private static Path home;

    @TempDir
    private Path folder;

    private static final AtomicInteger NAMES = new AtomicInteger();

    private static LabServer server;
    private static Interrupts interrupts;

    @BeforeAll
    static void startServer() {
        server = LabServer.embedded(new EmbeddedSettings(new RunName("liblab"), 60, home), Clock.system());
        interrupts = Interrupts.watch(line -> {}, Clock.system());
    }

    @AfterAll
    static void stopServer() {
        interrupts.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyLibraryDoesItsWorkAndRefusesWhatItCannotServe(PoolLibrary library) throws Exception {
        Plan plan = withoutOverflow(
                Plans.saturation(Duration.ofMillis(1500), 8, Duration.ofMillis(2000), Duration.ofMillis(1000)));
        RunRecord record = run(plan, library);
        LoadResult whole = record.load("backend/chat", Window.WHOLE).orElseThrow();
        assertThat(whole.count(Outcome.SUCCEEDED)).isGreaterThan(2);
        assertThat(whole.count(Outcome.ACQUIRE_TIMEOUT)).isGreaterThan(2);
        assertThat(whole.count(Outcome.ERROR)).isZero();
        assertThat(whole.acquireWait().maxNanos()).isBetween(900 * Plans.MILLI, 3_000 * Plans.MILLI);
        assertThat(record.health().evidence().complete()).isTrue();
        assertThat(record.health().evidence().acknowledged()).isPositive();
        assertThat(record.health().leftovers()).isEmpty();
    }

    @Test
    void aSettingThatTheLibraryLacksEndsTheRunBeforeItBegins() {
        Plan plan = Plans.saturation(Duration.ofMillis(20), 10, Duration.ofSeconds(1), Duration.ofMillis(300));
        assertThatThrownBy(() -> run(plan, PoolLibrary.AGROAL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("pool backend/main: Agroal: overflow = 2: there is no overflow");
    }

    @ParameterizedTest
    @EnumSource(names = {"OVERFLOW", "HIKARI", "R2DBC", "VERTX"})
    void aPoolBehindAPoolerSharesItsConnections(PoolLibrary library) throws Exception {
        if (PgBouncer.program().isEmpty()) {
            assertThat(System.getenv("POOLWRIGHT_CI"))
                    .as("pgbouncer must be installed here")
                    .isNull();
            System.out.println("skipped: pgbouncer is not installed");
            return;
        }
        Plan plan = behindPooler(withoutOverflow(
                Plans.saturation(Duration.ofMillis(20), 40, Duration.ofMillis(1500), Duration.ofMillis(500))));
        RunRecord record = run(plan, library);
        LoadResult whole = record.load("backend/chat", Window.WHOLE).orElseThrow();
        assertThat(whole.success()).isGreaterThan(0.95);
        assertThat(record.health().unmodelled()).isEmpty();
        assertThat(record.health().leftovers()).isEmpty();
        List<Long> open = record.series("server/main/open").orElseThrow().values();
        assertThat(open).allMatch(connections -> connections <= 2).anyMatch(connections -> connections > 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"OVERFLOW", "AGROAL", "R2DBC", "VERTX"})
    void aCallerWhoseTryIsLateTriesAgainFromThen(PoolLibrary library) throws Exception {
        Plan plain = withoutOverflow(
                Plans.saturation(Duration.ofMillis(400), 6, Duration.ofMillis(1500), Duration.ofSeconds(5)));
        PlannedLoad load = plain.loads().get(0);
        Plan plan = plain.withLoads(List.of(new PlannedLoad(
                load.name(),
                load.service(),
                load.arrivalEntity(),
                load.rates(),
                load.borrows(),
                Duration.ofMillis(150).toNanos(),
                2,
                Backoff.constant(Duration.ofMillis(20)))));
        RunRecord record = run(plan, library);
        LoadResult whole = record.load("backend/chat", Window.WHOLE).orElseThrow();
        assertThat(record.health().leftovers()).isEmpty();
        // Nobody can be served in 150 ms of 400: three tries each, and the last is waited for or given up.
        assertThat(whole.attempts()).isEqualTo(3 * whole.offered());
        assertThat(whole.count(Outcome.TOO_LATE) + whole.count(Outcome.GAVE_UP)).isEqualTo(whole.offered());
    }

    private RunRecord run(Plan plan, PoolLibrary library) throws IOException, InterruptedException {
        Lab lab = new Lab(
                server,
                new GuardRails(Optional.empty()),
                interrupts,
                folder,
                "lib" + NAMES.incrementAndGet(),
                Clock.system());
        LabOptions options = new LabOptions(Map.of("backend/main", PoolChoice.of(library)), Map.of());
        return lab.run(plan, options, share -> {});
    }

    static Plan withoutOverflow(Plan plan) {
        return withPool(plan, "main", List.of());
    }

    private static Plan behindPooler(Plan plan) {
        return withPool(
                plan,
                "bouncer",
                List.of(new Topology.PlannedPooler(
                        "bouncer", "main", "", Pooler.Mode.TRANSACTION, 2, 0, 100, Long.MAX_VALUE)));
    }

    private static Plan withPool(Plan plan, String at, List<Topology.PlannedPooler> poolers) {
        Topology topology = plan.topology();
        Topology.PlannedService service = topology.services().get(0);
        Topology.PlannedPool pool = service.pools().get(0);
        Topology.PlannedPool changed = new Topology.PlannedPool(
                pool.name(),
                pool.process(),
                pool.behaviour(),
                at,
                pool.server(),
                pool.database(),
                pool.path(),
                pool.size(),
                0,
                pool.minimumIdle(),
                pool.discipline(),
                pool.acquireTimeoutNanos(),
                pool.connectTimeoutNanos(),
                pool.waiters(),
                pool.maxLifetimeNanos(),
                pool.connectSlowNanos(),
                pool.incompatible(),
                pool.onLost());
        return plan.withTopology(new Topology(
                topology.servers(),
                poolers,
                topology.paths(),
                List.of(new Topology.PlannedService(
                        service.name(),
                        service.instances(),
                        service.processes(),
                        List.of(changed),
                        service.startup(),
                        service.steps())),
                topology.platform()));
    }
}
