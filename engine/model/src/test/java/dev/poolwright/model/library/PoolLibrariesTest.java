package dev.poolwright.model.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Service.Stack;
import dev.poolwright.model.library.Compatibility.Answer;
import dev.poolwright.policy.Wait;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PoolLibrariesTest {

    private static Stack stack(String library, String version) {
        return new Stack("threads", library, version, "", Origin.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "2.0.28, 2.0.28, true",
        "2.0.9, 2.0.28, false",
        "2.1.0b3, 2.1, true",
        "2, 2.0.28, false",
        "v3.1, 2.9, true",
        "'', 9.9, true",
        "nightly, 9.9, true"
    })
    void versionsAreComparedPartByPart(String version, String from, boolean atLeast) {
        assertThat(LibraryVersion.atLeast(version, from)).isEqualTo(atLeast);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    runtime         | BLOCKING | ASYNC   | NONE    | SINGLE
                    threads         | WORKS    | WORKS   | HAZARD  | HAZARD
                    virtual-threads | UNKNOWN  | WORKS   | HAZARD  | HAZARD
                    event-loop      | HAZARD   | WORKS   | HAZARD  | HAZARD
                    asyncio         | HAZARD   | WORKS   | WORKS   | HAZARD
                    prefork         | WORKS    | WORKS   | WORKS   | HAZARD
                    serverless      | WORKS    | WORKS   | HAZARD  | WORKS
                    cobol           | UNKNOWN  | UNKNOWN | UNKNOWN | UNKNOWN
                    """, useHeadersInDisplayName = true)
    void everyRuntimeHasItsAnswerForEveryFamily(
            String runtime, Answer blocking, Answer async, Answer none, Answer single) {
        assertThat(RuntimePools.of(runtime, PoolFamily.BLOCKING, false).answer())
                .isEqualTo(blocking);
        assertThat(RuntimePools.of(runtime, PoolFamily.ASYNC, false).answer()).isEqualTo(async);
        assertThat(RuntimePools.of(runtime, PoolFamily.NONE, false).answer()).isEqualTo(none);
        assertThat(RuntimePools.of(runtime, PoolFamily.SINGLE, false).answer()).isEqualTo(single);
        if (!runtime.equals("cobol")) {
            assertThat(RuntimePools.of(runtime, PoolFamily.NONE, true).answer()).isEqualTo(Answer.WORKS);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hikaricp, 7.1.0, 10, 30",
        "asyncpg, 0.31, 10, for ever",
        "psycopg_pool, 3.3.1, 4, 30",
        "r2dbc-pool, 1.0.2, 10, for ever",
        "agroal, 3.2.1, unlimited, for ever",
        "quarkus, 3.2, 20, 5",
        "tomcat-jdbc, 11.0.25, 100, 30",
        "dbcp2, 2.14.0, 8, for ever",
        "c3p0, 0.14.1, 15, for ever",
        "vertx, 5.1.5, 4, 30",
        "pg, 8, 10, for ever",
        "mysql2, 3.24, 10, for ever",
        "prisma, 6.2, 3, 10",
        "prisma, 7.10, 10, for ever",
        "knex, 3.3, 10, 60",
        "django, 4.2, unlimited, for ever",
        "django, 5.1, 4, 30",
        "npgsql, 8.0, 100, 15",
        "npgsql, 10.0.3, 100, 15",
        "database/sql, 1.25, unlimited, for ever",
        "sqlalchemy, 2.0.52, 5, 30",
        "unheard-of, 1, 10, 30"
    })
    void defaultsAreThoseOfTheLibraryAndVersion(String library, String version, String size, String acquire) {
        PoolDefaults defaults = PoolLibraries.defaults(stack(library, version), "");
        assertThat(defaults.size()).hasToString(size);
        long nanos = acquire.equals("for ever") ? Long.MAX_VALUE : Long.parseLong(acquire) * 1_000_000_000L;
        assertThat(defaults.acquireTimeout().nanos()).isEqualTo(nanos);
        assertThat(defaults.source()).isNotEmpty();
    }

    @Test
    void npgsqlReplacesConnectionsOnlySinceNine() {
        assertThat(PoolLibraries.defaults(stack("npgsql", "8.0.3"), "").maxLifetime())
                .isEqualTo(Wait.forever());
        assertThat(PoolLibraries.defaults(stack("npgsql", "9.0"), "")
                        .maxLifetime()
                        .nanos())
                .isEqualTo(3_600_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "sqlalchemy, 2.0.52, 0, 10, unlimited",
        "sqlalchemy, 1.3.24, 0, 200, 200",
        "sqlalchemy, 2.0.52, 5, 10, 15",
        "database/sql, 1.25, 0, 0, unlimited",
        "hikaricp, 7.1.0, 10, 0, 10"
    })
    void theMostThatAPoolOpensIsReadAsItsVersionReadsIt(
            String library, String version, long size, long overflow, String most) {
        assertThat(PoolLibraries.most(stack(library, version), "", Limit.atMost(size), Limit.atMost(overflow)))
                .hasToString(most);
    }

    /** The right-hand side was read off HikariCP 7.1.0 by running {@code HikariConfig.validate}. */
    @ParameterizedTest
    @CsvSource({
        "max_lifetime, 20000, 1800 s",
        "keepaliveTime, 10000, 0 (off)",
        "keepaliveTime, 1800000, 0 (off)",
        "leakDetectionThreshold, 1000, 0 (off)",
        "leakDetectionThreshold, 2000000, 0 (off)",
        "idle_timeout, 300000, no effect",
        "minimum_idle, 20, 10",
        "acquire_timeout, 100, connectionTimeout cannot be less than 250ms",
        "validationTimeout, 100, validationTimeout cannot be less than 250ms",
        "size, 0, maxPoolSize cannot be less than 1",
        "minimum_idle, -1, minimumIdle cannot be negative",
        "idle_timeout, -1, idleTimeout cannot be negative"
    })
    void hikariReplacesOrRefusesWhatItDoesNotLike(String setting, long written, String effective) {
        assertThat(PoolLibraries.corrections(stack("hikaricp", "7.1.0"), Map.of(setting, written)))
                .singleElement()
                .satisfies(one -> assertThat(one.effective()).isEqualTo(effective));
    }

    @ParameterizedTest
    @CsvSource({"5000, 600 s", "1800000, 0 (off)"})
    void hikariReplacesTheIdleTimeoutOfAPoolThatShrinks(long idle, String effective) {
        assertThat(PoolLibraries.corrections(
                        stack("hikaricp", "7.1.0"), Map.of("idle_timeout", idle, "minimum_idle", 2L)))
                .singleElement()
                .satisfies(one -> assertThat(one.effective()).isEqualTo(effective));
    }

    @Test
    void hikariKeepsWhatIsInsideItsBounds() {
        assertThat(PoolLibraries.corrections(
                        stack("hikaricp", "7.1.0"),
                        Map.of("acquire_timeout", 250L, "max_lifetime", 30_000L, "keepaliveTime", 0L, "size", 1L)))
                .isEmpty();
    }
}
