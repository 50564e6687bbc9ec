package dev.poolwright.scan.python;

import dev.poolwright.scan.python.Handle.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the calls of known libraries make, by the dotted name of what is called. */
final class LibraryHandles {

    private static final Set<String> ENGINES =
            Set.of("create_engine", "create_async_engine", "engine_from_config", "async_engine_from_config");
    private static final Map<String, Kind> SQLALCHEMY = Map.of(
            "sessionmaker", Kind.MAKER,
            "async_sessionmaker", Kind.MAKER,
            "scoped_session", Kind.REGISTRY,
            "async_scoped_session", Kind.REGISTRY,
            "Session", Kind.SESSION,
            "AsyncSession", Kind.SESSION);
    private static final Map<String, Kind> NAMES = Map.ofEntries(
            Map.entry("asyncpg.create_pool", Kind.POOL),
            Map.entry("asyncpg.pool.create_pool", Kind.POOL),
            Map.entry("psycopg_pool.ConnectionPool", Kind.POOL),
            Map.entry("psycopg_pool.AsyncConnectionPool", Kind.POOL),
            Map.entry("psycopg2.pool.SimpleConnectionPool", Kind.POOL),
            Map.entry("psycopg2.pool.ThreadedConnectionPool", Kind.POOL),
            Map.entry("aiopg.create_pool", Kind.POOL),
            Map.entry("aiomysql.create_pool", Kind.POOL),
            Map.entry("flask_sqlalchemy.SQLAlchemy", Kind.FLASK),
            Map.entry("django.db.transaction.atomic", Kind.ATOMIC),
            Map.entry("httpx.AsyncClient", Kind.WEB),
            Map.entry("httpx.Client", Kind.WEB),
            Map.entry("aiohttp.ClientSession", Kind.WEB),
            Map.entry("aiohttp.client.ClientSession", Kind.WEB),
            Map.entry("requests.Session", Kind.WEB),
            Map.entry("requests.session", Kind.WEB),
            Map.entry("boto3.client", Kind.STORE),
            Map.entry("boto3.resource", Kind.STORE),
            Map.entry("minio.Minio", Kind.STORE));
    private static final Set<String> MODELS = Set.of(
            "OpenAI",
            "AsyncOpenAI",
            "AzureOpenAI",
            "AsyncAzureOpenAI",
            "Anthropic",
            "AsyncAnthropic",
            "AnthropicBedrock");

    private LibraryHandles() {}

    static Optional<Kind> kind(String dottedName) {
        String head = head(dottedName);
        String last = dottedName.substring(dottedName.lastIndexOf('.') + 1);
        if (head.equals("sqlalchemy") || head.equals("sqlmodel")) {
            return ENGINES.contains(last) ? Optional.of(Kind.ENGINE) : Optional.ofNullable(SQLALCHEMY.get(last));
        }
        if ((head.equals("openai") || head.equals("anthropic")) && MODELS.contains(last)) {
            return Optional.of(Kind.MODEL);
        }
        return Optional.ofNullable(NAMES.get(dottedName));
    }

    static String head(String dottedName) {
        int dot = dottedName.indexOf('.');
        return dot < 0 ? dottedName : dottedName.substring(0, dot);
    }
}
