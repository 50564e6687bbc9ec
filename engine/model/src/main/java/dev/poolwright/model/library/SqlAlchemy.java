package dev.poolwright.model.library;

import dev.poolwright.model.fleet.Service.Stack;
import dev.poolwright.model.library.Compatibility.Answer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * SQLAlchemy's pool classes ("Theory and facts", 4.1: read in engine/create.py and pool/*.py).
 *
 * <pre>
 * class                            asyncio engine      plain engine
 * (left out)                       AsyncAdaptedQueue   Queue            (SQLite: by version, see sqliteKind)
 * QueuePool                        refused             works
 * AsyncAdaptedQueuePool            works               refused
 * SingletonThreadPool              refused             hazard
 * NullPool                         works               works
 * StaticPool, AssertionPool        hazard              hazard
 * FallbackAsyncAdaptedQueuePool    hazard, gone in 2.1 refused
 * </pre>
 *
 * The refusal exists since 2.0.28; earlier releases accept the wrong class silently, which is a hazard.
 */
final class SqlAlchemy {

    /** Since this release the library compares the class with the engine (its ticket 8771). */
    private static final String CHECKED_SINCE = "2.0.28";

    private static final Set<String> ASYNC_DRIVERS =
            Set.of("asyncpg", "psycopg_async", "aiomysql", "asyncmy", "aiosqlite");
    private static final Set<String> SYNC_DRIVERS =
            Set.of("psycopg2", "psycopg2cffi", "pg8000", "pymysql", "mysqldb", "mysqlconnector", "pysqlite");
    private static final Set<String> ONLY_SYNC = Set.of("QueuePool", "SingletonThreadPool");
    private static final Set<String> ONLY_ASYNC = Set.of("AsyncAdaptedQueuePool", "FallbackAsyncAdaptedQueuePool");

    private SqlAlchemy() {}

    /** The driver's dialect decides, as in the library's own check; where it can be both, the runtime does. */
    static boolean isAsync(Stack stack) {
        if (ASYNC_DRIVERS.contains(stack.driver())) {
            return true;
        }
        return !SYNC_DRIVERS.contains(stack.driver()) && stack.runtime().equals("asyncio");
    }

    static Compatibility compatibility(Stack stack, String kind) {
        boolean async = isAsync(stack);
        if (kind.equals("FallbackAsyncAdaptedQueuePool") && LibraryVersion.inside(version(stack), "2.1", "")) {
            return new Compatibility(
                    Answer.FAILS, "cannot import name 'FallbackAsyncAdaptedQueuePool' from 'sqlalchemy.pool'", "");
        }
        if ((async && ONLY_SYNC.contains(kind)) || (!async && ONLY_ASYNC.contains(kind))) {
            return LibraryVersion.atLeast(stack.version(), CHECKED_SINCE)
                    ? refused(kind, async, version(stack))
                    : hazard(
                            async
                                    ? kind + " under an asyncio engine is accepted silently before " + CHECKED_SINCE
                                            + " and blocks the event loop while a caller waits"
                                    : kind + " under a plain engine is accepted silently before " + CHECKED_SINCE
                                            + " and fails when a caller has to wait: the wait needs an event loop");
        }
        return switch (kind) {
            case "SingletonThreadPool" ->
                hazard("SingletonThreadPool keeps one connection per thread and closes arbitrary connections in use"
                        + " beyond pool_size: for tests only");
            case "StaticPool" ->
                hazard(
                        async
                                ? "StaticPool shares one connection between all tasks: transactions interleave or fail with"
                                        + " \"another operation is in progress\""
                                : "StaticPool shares one connection between all threads: transactions interleave");
            case "AssertionPool" ->
                hazard("AssertionPool refuses a second checkout (AssertionError: connection is already checked out):"
                        + " for debugging only");
            case "FallbackAsyncAdaptedQueuePool" ->
                hazard("FallbackAsyncAdaptedQueuePool is meant for ?async_fallback=true only and is gone in 2.1");
            default -> Compatibility.WORKS;
        };
    }

    /** Whether the driver suits the kind of engine that the runtime needs. */
    static Compatibility driver(Stack stack) {
        boolean asyncio = stack.runtime().equals("asyncio");
        if (asyncio && SYNC_DRIVERS.contains(stack.driver())) {
            return new Compatibility(
                    Answer.FAILS,
                    "The asyncio extension requires an async driver to be used. The loaded '" + stack.driver()
                            + "' is not async.",
                    "");
        }
        if (!asyncio && !stack.runtime().isEmpty() && ASYNC_DRIVERS.contains(stack.driver())) {
            String call = minor(version(stack)).equals("21") ? "await_()" : "await_only()";
            String link = "https://sqlalche.me/e/" + minor(version(stack)) + "/xd2s";
            return new Compatibility(
                    Answer.FAILS,
                    "greenlet_spawn has not been called; can't call " + call
                            + " here. Was IO attempted in an unexpected place? (Background on this error at: " + link
                            + ")",
                    link);
        }
        return Compatibility.WORKS;
    }

    /** What the library picks when the class is left out. */
    static String defaultKind(Stack stack, boolean inMemory) {
        String version = version(stack);
        return switch (stack.driver()) {
            case "pysqlite" ->
                inMemory ? "SingletonThreadPool" : LibraryVersion.atLeast(version, "2.0") ? "QueuePool" : "NullPool";
            case "aiosqlite" ->
                inMemory
                        ? "StaticPool"
                        : LibraryVersion.atLeast(version, "2.0.38") ? "AsyncAdaptedQueuePool" : "NullPool";
            case "pysqlcipher" -> "SingletonThreadPool";
            default -> isAsync(stack) ? "AsyncAdaptedQueuePool" : "QueuePool";
        };
    }

    /** The library's text when {@code create_engine} gets arguments that the class does not take, in their order. */
    static Optional<String> refusedArguments(Stack stack, String kind, List<String> arguments) {
        Set<String> taken = switch (kind) {
            case "NullPool", "StaticPool", "AssertionPool" -> Set.of();
            case "SingletonThreadPool" -> Set.of("pool_size");
            default -> Set.copyOf(arguments);
        };
        List<String> refused =
                arguments.stream().filter(name -> !taken.contains(name)).toList();
        if (refused.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("Invalid argument(s) '" + String.join("','", refused)
                + "' sent to create_engine(), using configuration " + dialect(stack) + "/" + kind
                + "/Engine.  Please check that the keyword arguments are appropriate for this combination of"
                + " components.");
    }

    private static String dialect(Stack stack) {
        return switch (stack.driver()) {
            case "asyncpg", "psycopg2", "pg8000" -> "PGDialect_" + stack.driver();
            case "psycopg" -> isAsync(stack) ? "PGDialectAsync_psycopg" : "PGDialect_psycopg";
            case "psycopg_async" -> "PGDialectAsync_psycopg";
            case "pymysql", "aiomysql", "asyncmy", "mysqldb" -> "MySQLDialect_" + stack.driver();
            case "pysqlite", "aiosqlite" -> "SQLiteDialect_" + stack.driver();
            default -> isAsync(stack) ? "PGDialect_asyncpg" : "PGDialect_psycopg2";
        };
    }

    private static Compatibility refused(String kind, boolean async, String version) {
        String link = "https://sqlalche.me/e/" + minor(version) + "/pcls";
        return new Compatibility(
                Answer.FAILS,
                "Pool class " + kind + " cannot be used with " + (async ? "asyncio" : "non-asyncio")
                        + " engine (Background on this error at: " + link + ")",
                link);
    }

    private static Compatibility hazard(String text) {
        return new Compatibility(Answer.HAZARD, text, "");
    }

    /** An unstated version is read as 2.0, the release most fleets run. */
    private static String version(Stack stack) {
        return stack.version().isEmpty() ? "2.0.52" : stack.version();
    }

    private static String minor(String version) {
        return LibraryVersion.atLeast(version, "2.1") ? "21" : "20";
    }
}
