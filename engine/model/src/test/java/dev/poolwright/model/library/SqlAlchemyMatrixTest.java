package dev.poolwright.model.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Service.Stack;
import dev.poolwright.model.library.Compatibility.Answer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Engine kind × pool class × version, all of it. */
final class SqlAlchemyMatrixTest {

    private static Stack stack(String engine, String version) {
        return engine.equals("async")
                ? new Stack("asyncio", "sqlalchemy", version, "asyncpg", Origin.NONE)
                : new Stack("threads", "sqlalchemy", version, "psycopg2", Origin.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    class                         | async   | sync    | async before 2.0.28 | sync before 2.0.28
                    ''                            | WORKS   | WORKS   | WORKS               | WORKS
                    QueuePool                     | FAILS   | WORKS   | HAZARD              | WORKS
                    AsyncAdaptedQueuePool         | WORKS   | FAILS   | WORKS               | HAZARD
                    NullPool                      | WORKS   | WORKS   | WORKS               | WORKS
                    StaticPool                    | HAZARD  | HAZARD  | HAZARD              | HAZARD
                    SingletonThreadPool           | FAILS   | HAZARD  | HAZARD              | HAZARD
                    AssertionPool                 | HAZARD  | HAZARD  | HAZARD              | HAZARD
                    FallbackAsyncAdaptedQueuePool | HAZARD  | FAILS   | HAZARD              | HAZARD
                    """, useHeadersInDisplayName = true)
    void everyClassHasItsAnswerForEveryEngineAndVersion(
            String kind, Answer async, Answer sync, Answer asyncBefore, Answer syncBefore) {
        for (String version : List.of("2.0.28", "2.0.30", "2.0.52", "")) {
            assertThat(answer("async", version, kind)).as(version).isEqualTo(async);
            assertThat(answer("sync", version, kind)).as(version).isEqualTo(sync);
        }
        for (String version : List.of("1.4.54", "2.0.0", "2.0.9", "2.0.27")) {
            assertThat(answer("async", version, kind)).as(version).isEqualTo(asyncBefore);
            assertThat(answer("sync", version, kind)).as(version).isEqualTo(syncBefore);
        }
        if (!kind.startsWith("Fallback")) {
            assertThat(answer("async", "2.1.0b3", kind)).isEqualTo(async);
            assertThat(answer("sync", "2.1.0b3", kind)).isEqualTo(sync);
        } else {
            assertThat(answer("async", "2.1.0b3", kind)).isEqualTo(Answer.FAILS);
        }
    }

    private static Answer answer(String engine, String version, String kind) {
        return PoolLibraries.compatibility(stack(engine, version), kind).answer();
    }

    @ParameterizedTest
    @CsvSource({
        "async, 2.0.30, QueuePool, asyncio, 20",
        "async, 2.0.52, SingletonThreadPool, asyncio, 20",
        "async, 2.1.0b3, QueuePool, asyncio, 21",
        "sync, 2.0.28, AsyncAdaptedQueuePool, non-asyncio, 20",
        "sync, 2.1, AsyncAdaptedQueuePool, non-asyncio, 21",
        "sync, 2.0.54, FallbackAsyncAdaptedQueuePool, non-asyncio, 20"
    })
    void aRefusalIsTheLibrarysOwnTextToTheLetter(
            String engine, String version, String kind, String called, String page) {
        Compatibility refused = PoolLibraries.compatibility(stack(engine, version), kind);
        assertThat(refused.text())
                .isEqualTo("Pool class " + kind + " cannot be used with " + called
                        + " engine (Background on this error at: https://sqlalche.me/e/" + page + "/pcls)");
        assertThat(refused.link()).isEqualTo("https://sqlalche.me/e/" + page + "/pcls");
    }

    @ParameterizedTest
    @CsvSource({
        "pysqlite, 1.4.54, NullPool, SingletonThreadPool",
        "pysqlite, 2.0.0, QueuePool, SingletonThreadPool",
        "pysqlite, 2.1.0b3, QueuePool, SingletonThreadPool",
        "aiosqlite, 1.4.54, NullPool, StaticPool",
        "aiosqlite, 2.0.37, NullPool, StaticPool",
        "aiosqlite, 2.0.38, AsyncAdaptedQueuePool, StaticPool",
        "pysqlcipher, 2.0.52, SingletonThreadPool, SingletonThreadPool",
        "asyncpg, 2.0.52, AsyncAdaptedQueuePool, AsyncAdaptedQueuePool",
        "psycopg2, 2.0.52, QueuePool, QueuePool"
    })
    void aClassLeftOutIsWhatTheVersionPicks(String driver, String version, String onDisk, String inMemory) {
        Stack stack = new Stack("", "sqlalchemy", version, driver, Origin.NONE);
        assertThat(PoolLibraries.effectiveKind(stack, "")).isEqualTo(onDisk);
        assertThat(PoolLibraries.kindInMemory(stack)).isEqualTo(inMemory);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    NullPool            | async | 'pool_size','max_overflow','pool_timeout' | PGDialect_asyncpg
                    StaticPool          | async | 'pool_size','max_overflow','pool_timeout' | PGDialect_asyncpg
                    AssertionPool       | sync  | 'pool_size','max_overflow','pool_timeout' | PGDialect_psycopg2
                    SingletonThreadPool | sync  | 'max_overflow','pool_timeout'             | PGDialect_psycopg2
                    """, quoteCharacter = '"')
    void argumentsThatAClassDoesNotTakeAreNamedInTheLibrarysText(
            String kind, String engine, String refused, String dialect) {
        List<String> settings = List.of("to", "size", "overflow", "acquire_timeout", "max_lifetime");
        assertThat(PoolLibraries.refusedArguments(stack(engine, "2.0.30"), kind, settings))
                .contains("Invalid argument(s) " + refused + " sent to create_engine(), using configuration " + dialect
                        + "/" + kind + "/Engine.  Please check that the keyword arguments are appropriate for this"
                        + " combination of components.");
    }

    @ParameterizedTest
    @CsvSource({"async, AsyncAdaptedQueuePool", "sync, QueuePool", "async, ''"})
    void aQueueTakesAllArguments(String engine, String kind) {
        assertThat(PoolLibraries.refusedArguments(
                        stack(engine, "2.0.30"), kind, List.of("size", "overflow", "acquire_timeout")))
                .isEmpty();
    }
}
