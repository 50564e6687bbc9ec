package dev.poolwright.scan.python;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Service.Stack;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.python.Py.Arguments;
import dev.poolwright.scan.python.Py.Missing;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The pools of the drivers themselves: asyncpg, psycopg_pool, psycopg2.pool, and encode's databases, which makes asyncpg's. */
final class DriverPoolReader implements Reader {

    /**
     * A way to make a pool.
     *
     * @param library as facts name it
     * @param driver that it speaks through
     * @param positional the names of its first arguments, in order; the URL is {@code dsn}
     * @param settings the arguments that are settings
     */
    private record Making(
            String library, String runtime, String driver, List<String> positional, Set<String> settings) {}

    private static final Set<String> ASYNCPG = Set.of(
            "min_size",
            "max_size",
            "max_queries",
            "max_inactive_connection_lifetime",
            "timeout",
            "command_timeout",
            "statement_cache_size",
            "max_cached_statement_lifetime",
            "server_settings",
            "ssl");
    private static final Set<String> PSYCOPG = Set.of(
            "min_size",
            "max_size",
            "timeout",
            "max_waiting",
            "max_lifetime",
            "max_idle",
            "reconnect_timeout",
            "num_workers",
            "open");
    private static final Set<String> PSYCOPG2 = Set.of("minconn", "maxconn");

    private static final Map<String, Making> MAKINGS = Map.ofEntries(
            Map.entry("asyncpg.create_pool", new Making("asyncpg", "asyncio", "asyncpg", List.of("dsn"), ASYNCPG)),
            Map.entry("asyncpg.pool.create_pool", new Making("asyncpg", "asyncio", "asyncpg", List.of("dsn"), ASYNCPG)),
            Map.entry(
                    "psycopg_pool.ConnectionPool",
                    new Making("psycopg_pool", "", "psycopg", List.of("conninfo"), PSYCOPG)),
            Map.entry(
                    "psycopg_pool.NullConnectionPool",
                    new Making("psycopg_pool", "", "psycopg", List.of("conninfo"), PSYCOPG)),
            Map.entry(
                    "psycopg_pool.AsyncConnectionPool",
                    new Making("psycopg_pool", "asyncio", "psycopg", List.of("conninfo"), PSYCOPG)),
            Map.entry(
                    "psycopg_pool.AsyncNullConnectionPool",
                    new Making("psycopg_pool", "asyncio", "psycopg", List.of("conninfo"), PSYCOPG)),
            Map.entry(
                    "psycopg2.pool.ThreadedConnectionPool",
                    new Making("psycopg2_pool", "threads", "psycopg2", List.of("minconn", "maxconn", "dsn"), PSYCOPG2)),
            Map.entry(
                    "psycopg2.pool.SimpleConnectionPool",
                    new Making("psycopg2_pool", "", "psycopg2", List.of("minconn", "maxconn", "dsn"), PSYCOPG2)),
            Map.entry(
                    "psycopg2.pool.PersistentConnectionPool",
                    new Making("psycopg2_pool", "threads", "psycopg2", List.of("minconn", "maxconn", "dsn"), PSYCOPG2)),
            Map.entry("databases.Database", new Making("asyncpg", "asyncio", "asyncpg", List.of("url"), ASYNCPG)));

    /** One of these is in every file that makes such a pool. */
    static final List<String> IMPORTS = List.of(
            "asyncpg",
            "psycopg",
            "import databases",
            "from databases",
            "import create_pool",
            "import ConnectionPool",
            "import AsyncConnectionPool");

    /** An import of one of the libraries, or of something that may hand it on. */
    private static final Pattern IMPORT = Pattern.compile(
            "(?m)^\\s*(import|from)\\s+(asyncpg|psycopg_pool|psycopg2|databases)\\b|^\\s*from\\s+\\S+\\s+import\\s[^#\\n]*\\b(asyncpg|create_pool|(Async|Null|Threaded|Simple)?ConnectionPool)\\b");

    /** Told from the text, because parsing takes longer. */
    private static boolean importsOne(SourceFile file, Project project) {
        return project.text(file)
                .filter(text -> IMPORT.matcher(text.text()).find())
                .isPresent();
    }

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return PoolInterest.of("create_pool", "ConnectionPool", "databases").beside(IMPORTS);
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        PythonIndex index = project.view(PythonIndex.class, PythonIndex::of);
        Optional<PythonModule> module = importsOne(file, project) ? index.module(file) : Optional.empty();
        if (module.isEmpty()) {
            return;
        }
        for (SyntaxNode call : PoolFacts.calls(module.get(), index, name -> MAKINGS.containsKey(plain(name)))) {
            Evaluator evaluator =
                    project.view(PythonValues.class, PythonValues::of).evaluator();
            String name = plain(PoolFacts.callee(call, index).orElse(""));
            for (PoolSite site : new PoolSites(project, evaluator).of(call)) {
                pool(site, name, file, project, evaluator).ifPresent(facts);
            }
        }
    }

    /** {@code psycopg_pool.pool.ConnectionPool} is {@code psycopg_pool.ConnectionPool}. */
    private static String plain(String name) {
        return name.startsWith("psycopg_pool.") ? "psycopg_pool." + name.substring(name.lastIndexOf('.') + 1) : name;
    }

    private static Optional<Fact> pool(
            PoolSite site, String name, SourceFile file, Project project, Evaluator evaluator) {
        Making making = MAKINGS.getOrDefault(name, new Making("", "", "", List.of(), Set.of()));
        Arguments given = evaluator.ask(site);
        Map<String, Py> named = new LinkedHashMap<>();
        for (int i = 0;
                i < Math.min(given.positional().size(), making.positional().size());
                i++) {
            named.put(making.positional().get(i), given.positional().get(i));
        }
        named.putAll(given.named());
        Arguments arguments = new Arguments(List.of(), named, given.nodes(), given.complete());
        Map<String, Value<Object>> settings = PoolFacts.settings(arguments, evaluator, making.settings()::contains);
        Py url = new Missing();
        for (String key : List.of("dsn", "conninfo", "url")) {
            url = url instanceof Missing ? evaluator.ask(arguments.at(-1, key)) : url;
        }
        if (url instanceof Missing && named.containsKey("host")) {
            url = hostOf(arguments, evaluator);
        }
        boolean postgres = !name.equals("databases.Database")
                || DatabaseUrls.driver(url, true, evaluator).matches("asyncpg|psycopg2|");
        if (!postgres) {
            return Optional.empty();
        }
        Stack stack = new Stack(
                making.runtime(),
                making.library(),
                PoolFacts.version(project, file, making.library().replace("psycopg2_pool", "psycopg2")),
                making.driver(),
                site.call().origin());
        String kind = making.library().equals("asyncpg") ? "" : name.substring(name.lastIndexOf('.') + 1);
        return Optional.of(PoolFacts.pool(
                site, stack, Value.known(kind, site.call().origin()), settings, DatabaseUrls.masked(url, evaluator)));
    }

    private static Py hostOf(Arguments arguments, Evaluator evaluator) {
        Py host = evaluator.ask(arguments.at(-1, "host"));
        Py database = evaluator.ask(
                arguments.named().containsKey("database") ? arguments.at(-1, "database") : arguments.at(-1, "dbname"));
        String text = "postgresql://" + part(host, "{host}") + "/" + part(database, "{database}");
        return new Py.Partial(
                text, host instanceof Py.Const known ? known.origin() : dev.poolwright.model.fleet.Origin.NONE);
    }

    private static String part(Py value, String otherwise) {
        return value instanceof Py.Const known && known.value() instanceof String text ? text : otherwise;
    }
}
