package dev.poolwright.model.library;

import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Service.Stack;
import dev.poolwright.policy.Wait;
import java.time.Duration;
import java.util.Set;

/** SQLAlchemy's pool classes ("Theory and facts", 4.1: read in engine/create.py and pool/*.py of 2.0.28 and later). */
final class SqlAlchemy {

    private static final Set<String> ASYNC_DRIVERS =
            Set.of("asyncpg", "psycopg_async", "aiomysql", "asyncmy", "aiosqlite");
    private static final Set<String> ONLY_SYNC = Set.of("QueuePool", "SingletonThreadPool");

    private SqlAlchemy() {}

    static boolean isAsync(Stack stack) {
        return stack.runtime().equals("asyncio") || ASYNC_DRIVERS.contains(stack.driver());
    }

    static Compatibility compatibility(Stack stack, String kind) {
        boolean async = isAsync(stack);
        if (async && ONLY_SYNC.contains(kind)) {
            return refused("Pool class " + kind + " cannot be used with asyncio engine", stack.version());
        }
        if (!async && kind.equals("AsyncAdaptedQueuePool")) {
            return refused("Pool class AsyncAdaptedQueuePool cannot be used with non-asyncio engine", stack.version());
        }
        return Compatibility.WORKS;
    }

    private static Compatibility refused(String text, String version) {
        String link = "https://sqlalche.me/e/" + (version.startsWith("2.1") ? "21" : "20") + "/pcls";
        return new Compatibility(
                Compatibility.Answer.FAILS, text + " (Background on this error at: " + link + ")", link);
    }

    static PoolDefaults defaults(String kind) {
        boolean pools = kind.equals("QueuePool") || kind.equals("AsyncAdaptedQueuePool");
        return new PoolDefaults(
                "sqlalchemy",
                "2.0",
                pools ? Limit.atMost(5) : kind.equals("NullPool") ? Limit.unlimited() : Limit.atMost(1),
                pools ? Limit.atMost(10) : Limit.atMost(0),
                0,
                Wait.atMost(Duration.ofSeconds(30)),
                Wait.atMost(Duration.ofSeconds(60)),
                Limit.unlimited(),
                Wait.forever(),
                Wait.forever(),
                "SQLAlchemy 2.0.52 pool documentation; asyncpg 0.31 connect timeout");
    }
}
