package dev.poolwright.scan.python;

import java.util.Set;

/** What libraries hand out to {@code from library import *}, as far as it matters here. */
final class StarNames {

    private static final Set<String> SQLALCHEMY = Set.of(
            "create_engine",
            "engine_from_config",
            "create_pool_from_url",
            "make_url",
            "URL",
            "text",
            "select",
            "event");
    private static final Set<String> SQLALCHEMY_POOL = Set.of(
            "QueuePool", "NullPool", "StaticPool", "SingletonThreadPool", "AssertionPool", "AsyncAdaptedQueuePool");
    private static final Set<String> SQLALCHEMY_ASYNC = Set.of(
            "create_async_engine", "async_engine_from_config", "AsyncSession", "async_sessionmaker", "AsyncEngine");
    private static final Set<String> SQLALCHEMY_ORM = Set.of("sessionmaker", "scoped_session", "Session");

    private StarNames() {}

    static boolean offers(String module, String name) {
        return switch (module) {
            case "sqlalchemy" -> SQLALCHEMY.contains(name);
            case "sqlalchemy.pool" -> SQLALCHEMY_POOL.contains(name);
            case "sqlalchemy.ext.asyncio" -> SQLALCHEMY_ASYNC.contains(name);
            case "sqlalchemy.orm" -> SQLALCHEMY_ORM.contains(name);
            case "sqlmodel" -> SQLALCHEMY.contains(name) || SQLALCHEMY_ORM.contains(name);
            default -> false;
        };
    }
}
