package dev.poolwright.rules;

import dev.poolwright.model.fact.DatabaseUrl;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.fleet.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A database URL has a parameter that its driver does not know, or a scheme that its library does not take. */
final class PW007UnknownParameter extends FactRule {

    /**
     * What a driver does with a parameter that is not its own.
     *
     * @param scheme begins the scheme of the URL
     * @param parameter that it does not know
     * @param says the driver's text, or what becomes of it
     * @param fails whether the first connect fails
     */
    private record Row(String scheme, String parameter, String says, boolean fails, String fix) {}

    /** SQLAlchemy hands what stands after the question mark to {@code asyncpg.connect} as keyword arguments. */
    private static Row asyncpg(String parameter) {
        String fix = parameter.equals("sslmode")
                ? "ssl=require in its place"
                : "remove it, or give it to connect_args under the driver's own name";
        return new Row(
                "postgresql+asyncpg",
                parameter,
                "connect() got an unexpected keyword argument '" + parameter + "'",
                true,
                fix);
    }

    private static Row libpq(String scheme, String parameter) {
        return new Row(scheme, parameter, "invalid connection option \"" + parameter + "\"", true, "remove it");
    }

    private static Row ignored(String parameter) {
        return new Row(
                "jdbc:postgresql",
                parameter,
                "a parameter of MySQL's driver, which PostgreSQL's ignores",
                false,
                "remove it from the URL of PostgreSQL");
    }

    private static final List<Row> ROWS = List.of(
            asyncpg("sslmode"),
            asyncpg("sslrootcert"),
            asyncpg("sslcert"),
            asyncpg("sslkey"),
            asyncpg("channel_binding"),
            asyncpg("connect_timeout"),
            asyncpg("application_name"),
            asyncpg("options"),
            asyncpg("pgbouncer"),
            asyncpg("schema"),
            asyncpg("connection_limit"),
            libpq("postgresql+psycopg2", "pgbouncer"),
            libpq("postgresql+psycopg2", "connection_limit"),
            libpq("postgresql+psycopg2", "pool_timeout"),
            libpq("postgresql+psycopg2", "ssl"),
            libpq("postgresql+psycopg", "pgbouncer"),
            libpq("postgresql+psycopg", "connection_limit"),
            ignored("useSSL"),
            ignored("useUnicode"),
            ignored("characterEncoding"),
            ignored("serverTimezone"),
            ignored("allowPublicKeyRetrieval"),
            ignored("zeroDateTimeBehavior"),
            ignored("rewriteBatchedStatements"));

    @Override
    public String code() {
        return "PW007";
    }

    @Override
    List<Told> tell(Checked checked) {
        List<Told> told = new ArrayList<>();
        for (DatabaseUrl url : checked.facts().of(DatabaseUrl.class)) {
            for (String parameter : url.parameters()) {
                String name = parameter.contains("=") ? parameter.substring(0, parameter.indexOf('=')) : parameter;
                row(url.scheme(), name).ifPresent(row -> told.add(new Told(finding(url, row), url.place())));
            }
        }
        for (DeclaredPool pool : checked.facts().of(DeclaredPool.class)) {
            oldScheme(pool).ifPresent(finding -> told.add(new Told(finding, pool.place())));
        }
        return told;
    }

    private static Optional<Row> row(String scheme, String parameter) {
        return ROWS.stream()
                .filter(row -> (scheme.equals(row.scheme()) || scheme.startsWith(row.scheme() + ":"))
                        && row.parameter().equals(parameter))
                .findFirst();
    }

    private Finding finding(DatabaseUrl url, Row row) {
        return new Finding(
                code(),
                // Where no pool is seen to take the URL, something may take the parameter out on the way.
                row.fails() && !url.usedBy().isEmpty() ? Severity.ERROR : Severity.NOTE,
                "the driver of " + url.scheme() + " does not know " + row.parameter(),
                url.scheme() + " " + row.parameter(),
                List.of(
                        Terms.of("parameter", row.parameter(), url.origin()),
                        Terms.of(row.fails() ? "the driver says" : "effect", row.says())),
                row.fix(),
                url.origin());
    }

    /** SQLAlchemy took the short name out in 1.4. */
    private Optional<Finding> oldScheme(DeclaredPool pool) {
        boolean old = pool.stack().version().matches("(0\\..*|1\\.[0-3](\\..*)?)");
        if (!pool.stack().library().equals("sqlalchemy")
                || old
                || !(pool.url() instanceof Value.Known<String> url)
                || !url.value().startsWith("postgres://")) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                code(),
                Severity.ERROR,
                "SQLAlchemy does not take the scheme postgres of " + pool.name(),
                pool.name(),
                List.of(
                        Terms.of("scheme", "postgres", url.origin()),
                        Terms.of("the library says", "Can't load plugin: sqlalchemy.dialects:postgres")),
                "postgresql:// in its place",
                url.origin()));
    }
}
