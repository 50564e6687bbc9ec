package dev.poolwright.lab.subject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.library.Compatibility;
import dev.poolwright.model.library.PoolLibraries;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The whole matrix on a real server, with 1 and with 12 users. */
@RequiresSqlAlchemy
class CompatibilityRunTest {
    private static final String LINK = " (Background on this error at: https://sqlalche.me/e/20/pcls)";

    /** What the library refuses, and its own words. */
    private static final Map<String, String> ILLEGAL = Map.of(
            "async QueuePool", "Pool class QueuePool cannot be used with asyncio engine" + LINK,
            "async SingletonThreadPool", "Pool class SingletonThreadPool cannot be used with asyncio engine" + LINK,
            "sync AsyncAdaptedQueuePool",
                    "Pool class AsyncAdaptedQueuePool cannot be used with non-asyncio engine" + LINK);

    /** What works for one user and is not promised to work for more. */
    private static final List<String> HAZARDS = List.of(
            "async StaticPool",
            "sync StaticPool",
            "async AssertionPool",
            "sync AssertionPool",
            "sync SingletonThreadPool");

    private static final Map<String, String> CHOSEN =
            Map.of("async left out", "AsyncAdaptedQueuePool", "sync left out", "QueuePool");

    @TestFactory
    List<DynamicTest> everyCellDoesWhatTheLibrarySays(@TempDir Path folder) throws Exception {
        List<CompatibilityCell> cells;
        try (TestServer server = new TestServer()) {
            cells = CompatibilityRun.run(RequiresSqlAlchemy.Python.path(), server.url(), folder, List.of(1, 12));
            server.awaitConnections("poolwright-matrix", 0);
        }
        assertThat(cells).hasSize(28);
        return cells.stream()
                .map(cell -> DynamicTest.dynamicTest(name(cell) + ", users " + cell.users(), () -> judge(cell)))
                .toList();
    }

    private static void judge(CompatibilityCell cell) {
        System.out.printf(
                "%-32s users %2d  worked %2d of %2d  pool %-22s longest wait %6.1f ms  %s %s [%s]%n",
                name(cell),
                cell.users(),
                cell.worked(),
                cell.tried(),
                cell.effectiveClass(),
                cell.longestWaitMillis(),
                cell.stage(),
                cell.errorMessage(),
                cell.allErrors());
        String refusal = ILLEGAL.get(name(cell));
        if (refusal != null) {
            assertThat(cell.noneWorked()).isTrue();
            assertThat(cell.errorMessage()).isEqualTo(refusal);
            assertThat(cell.errorMessage()).isEqualTo(predicted(cell).text());
            assertThat(cell.errorType()).isEqualTo("ArgumentError");
            assertThat(cell.stage()).isEqualTo("engine");
            return;
        }
        assertThat(predicted(cell).answer()).isNotEqualTo(Compatibility.Answer.FAILS);
        String named = cell.poolClass().text();
        assertThat(cell.effectiveClass()).isEqualTo(CHOSEN.getOrDefault(name(cell), named));
        if (cell.users() == 1 || !HAZARDS.contains(name(cell))) {
            assertThat(cell.allWorked()).as(cell.toString()).isTrue();
        }
    }

    /** What the rules and the simulator say of this cell. */
    private static Compatibility predicted(CompatibilityCell cell) {
        boolean async = cell.kind() == EngineKind.ASYNC;
        Service.Stack stack = new Service.Stack(
                async ? "asyncio" : "threads", "sqlalchemy", "2.0.54", async ? "asyncpg" : "psycopg2", Origin.NONE);
        String kind =
                cell.poolClass() == PoolClass.LEFT_OUT ? "" : cell.poolClass().text();
        return PoolLibraries.compatibility(stack, kind);
    }

    private static String name(CompatibilityCell cell) {
        return cell.kind().text() + " " + cell.poolClass().text();
    }
}
