package dev.poolwright.model.library;

import dev.poolwright.model.fleet.Service.Stack;

/** What a pool class is to the runtime that it serves. */
public enum PoolFamily {
    /** A caller that waits blocks its thread. */
    BLOCKING,
    /** A caller that waits gives its thread back. */
    ASYNC,
    /** No pool: each borrow opens and closes its own connection, and nothing bounds their number. */
    NONE,
    /** One connection for everybody. */
    SINGLE,
    /** Not known. */
    UNKNOWN;

    /** The family of a pool; the class may be left out. */
    public static PoolFamily of(Stack stack, String kind) {
        return switch (PoolLibraries.effectiveKind(stack, kind)) {
            case "NullPool", "NullConnectionPool", "AsyncNullConnectionPool" -> NONE;
            case "StaticPool", "AssertionPool" -> SINGLE;
            case "AsyncAdaptedQueuePool", "FallbackAsyncAdaptedQueuePool", "AsyncConnectionPool" -> ASYNC;
            case "QueuePool", "SingletonThreadPool", "ConnectionPool" -> BLOCKING;
            default -> ofLibrary(stack.library());
        };
    }

    private static PoolFamily ofLibrary(String library) {
        return switch (library) {
            case "hikaricp", "agroal", "quarkus", "tomcat-jdbc", "dbcp2", "c3p0", "druid", "psycopg2_pool", "django" ->
                BLOCKING;
            case "asyncpg",
                    "r2dbc-pool",
                    "vertx",
                    "pg",
                    "postgres.js",
                    "mysql2",
                    "prisma",
                    "knex",
                    "typeorm",
                    "sequelize" -> ASYNC;
            default -> UNKNOWN;
        };
    }
}
