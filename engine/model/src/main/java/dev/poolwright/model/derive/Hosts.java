package dev.poolwright.model.derive;

import dev.poolwright.model.fact.DatabaseUrl;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fleet.Value;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a pool's URL leads, as far as the source says.
 *
 * @param engine {@code postgresql}, {@code mysql}, another scheme, or empty when not known
 * @param host as written; empty when not known
 * @param database empty when not known
 * @param variable environment variable that holds the URL; empty when none is named
 */
record Hosts(String engine, String host, String database, String variable) {

    /** Databases inside the process, or of other kinds: their connections are nobody's concern here. */
    private static final Set<String> EMBEDDED =
            Set.of("sqlite", "h2", "hsqldb", "derby", "duckdb", "oracle", "mssql", "sqlserver", "db2", "clickhouse");

    private static final Pattern URL = Pattern.compile(
            "^(?:jdbc:|r2dbc:)?(?:pool:)?(?:p6spy:|otel:|tc:|mysql:aurora:)?([a-z0-9]+)(?:\\+[a-z0-9_]+)?:(.*)$");
    private static final Pattern PLACE =
            Pattern.compile("^(?:pool:)?//(?:[^@/]*@)?([^/:?,]*)(?::[^/?]*)?(?:/([^?;]*))?.*$");
    private static final Pattern VARIABLE = Pattern.compile("\\b([A-Z][A-Z0-9]*_[A-Z0-9_]+)\\b");

    static Hosts of(DeclaredPool pool, Iterable<DatabaseUrl> urls) {
        Hosts written = of(pool.url());
        if (written.host().isEmpty()) {
            for (DatabaseUrl url : urls) {
                if (url.usedBy().equals(pool.name())) {
                    String host = url.host().contains("$") ? "" : url.host();
                    return new Hosts(engine(url.scheme()), host, url.database(), written.variable());
                }
            }
        }
        return written.engine().isEmpty()
                ? new Hosts(ofDriver(pool.stack().driver()), written.host(), written.database(), written.variable())
                : written;
    }

    private static Hosts of(Value<String> url) {
        Optional<String> text = url.possible().stream().findFirst();
        String said = url instanceof Value.Unknown<String> unknown ? unknown.why() + " " + unknown.settledBy() : "";
        String variable = variable(text.orElse("") + " " + said + " " + url.trail());
        if (text.isEmpty()) {
            return new Hosts("", "", "", variable);
        }
        Matcher matcher = URL.matcher(text.get().strip());
        if (!matcher.matches()) {
            return new Hosts("", "", "", variable);
        }
        String engine = engine(matcher.group(1));
        Matcher place = PLACE.matcher(matcher.group(2));
        if (!place.matches()) {
            return new Hosts(engine, "", "", variable);
        }
        String host = place.group(1) == null || unresolved(place.group(1)) ? "" : place.group(1);
        String database = place.group(2) == null || unresolved(place.group(2)) ? "" : place.group(2);
        return new Hosts(engine, host, database, variable);
    }

    boolean embedded() {
        return EMBEDDED.contains(engine);
    }

    /** Whether there is anything by which two pools can be seen to lead to one server. */
    boolean known() {
        return !host.isEmpty() || !variable.isEmpty();
    }

    /** The same for two pools that lead to one server. */
    String key() {
        return host.isEmpty() ? variable : host.toLowerCase(Locale.ROOT);
    }

    private static boolean unresolved(String text) {
        return text.contains("$")
                || text.contains("{")
                || text.contains("*")
                || text.contains("<")
                || text.contains("%");
    }

    private static String variable(String text) {
        Matcher matcher = VARIABLE.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    static String engine(String scheme) {
        String plain = scheme.toLowerCase(Locale.ROOT)
                .replaceFirst("^(jdbc|r2dbc):", "")
                .replaceFirst("\\+.*$", "");
        return switch (plain) {
            case "postgres", "postgresql", "psql", "pgx" -> "postgresql";
            case "mysql", "mariadb", "aurora" -> "mysql";
            default -> plain;
        };
    }

    private static String ofDriver(String driver) {
        return switch (driver) {
            case "asyncpg", "psycopg", "psycopg2", "psycopg_async", "pg8000", "pgjdbc", "r2dbc-postgresql", "pg" ->
                "postgresql";
            case "pymysql", "aiomysql", "asyncmy", "mysqldb", "mysqlconnector", "mysql-connector-j", "mysql2" ->
                "mysql";
            case "pysqlite", "aiosqlite", "pysqlcipher" -> "sqlite";
            default -> "";
        };
    }
}
