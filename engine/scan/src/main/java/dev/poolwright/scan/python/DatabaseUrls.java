package dev.poolwright.scan.python;

import dev.poolwright.model.fact.DatabaseUrl.Password;
import dev.poolwright.model.finding.Masked;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.python.Py.Const;
import dev.poolwright.scan.python.Py.Made;
import dev.poolwright.scan.python.Py.Missing;
import dev.poolwright.scan.python.Py.Partial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Database URLs: taken apart, with their secrets masked, and the driver that they choose. */
final class DatabaseUrls {

    /** scheme, user and password (SQLAlchemy takes a slash in one), host and port, database, parameters */
    private static final Pattern URL = Pattern.compile(
            "([a-zA-Z][\\w+.\\-]*)://(?:([^@/]*|[^@/:]*:[^@?#\n]*)@)?([^/?#]*)(?:/([^?#]*))?(?:\\?([^#]*))?.*",
            Pattern.DOTALL);

    private static final Set<String> PLACEHOLDERS = Set.of(
            "postgres",
            "password",
            "pass",
            "passwd",
            "changeme",
            "change_me",
            "secret",
            "root",
            "admin",
            "test",
            "example",
            "user",
            "mysql",
            "mysecretpassword",
            "postgrespassword",
            "dev",
            "development",
            "local",
            "pwd",
            "pw",
            "xxx",
            "***",
            "your_password",
            "yourpassword",
            "guest",
            "docker",
            "default",
            "placeholder",
            "dummy",
            "foo",
            "bar",
            "p",
            "1234",
            "12345",
            "123456",
            "app");

    private DatabaseUrls() {}

    /** One URL, without its secrets. */
    record Parts(
            String scheme, Password password, String host, String database, List<String> parameters, String masked) {}

    /** Empty where the text is no URL of a database. */
    static Optional<Parts> parts(String text) {
        Matcher url = URL.matcher(text.strip());
        if (!url.matches() || !isDatabase(url.group(1))) {
            return Optional.empty();
        }
        String user = url.group(2) == null ? "" : url.group(2);
        String host = url.group(3) == null ? "" : url.group(3);
        String database = url.group(4) == null ? "" : url.group(4);
        List<String> parameters = new ArrayList<>();
        if (url.group(5) != null) {
            for (String one : url.group(5).split("&", -1)) {
                String name = one.indexOf('=') < 0 ? one : one.substring(0, one.indexOf('='));
                boolean secret = name.toLowerCase(Locale.ROOT).matches(".*(pass|pwd|secret|token|key|user).*");
                parameters.add(secret ? name + "=***" : one);
            }
        }
        String masked = url.group(1) + "://" + (url.group(2) == null ? "" : "***@") + host
                + (url.group(4) == null ? "" : "/" + database)
                + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
        return Optional.of(
                new Parts(url.group(1), password(user, host), withoutPort(host), database, parameters, masked));
    }

    private static boolean isDatabase(String scheme) {
        return scheme.matches(
                "(?i)(postgres|postgresql|postgis|psql|pgsql|mysql|mariadb|sqlite|oracle|mssql|cockroachdb|redshift|snowflake)(\\+\\w+)?");
    }

    private static String withoutPort(String host) {
        return host.contains("{") ? "" : host.replaceFirst(":\\d*$", "");
    }

    private static Password password(String user, String host) {
        int colon = user.indexOf(':');
        String password = colon < 0 ? "" : user.substring(colon + 1);
        if (password.isEmpty()) {
            return Password.NONE;
        }
        if (password.contains("{")
                || password.contains("$")
                || password.contains("<")
                || password.contains("%(")
                || password.matches("%s|\\*+|\\.+|…|x+")) {
            return Password.REFERENCE;
        }
        String plain = password.toLowerCase(Locale.ROOT);
        boolean own = host.matches("(?i)(localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0|host\\.docker\\.internal)(:.*)?");
        return own
                        || PLACEHOLDERS.contains(plain)
                        || plain.contains("password")
                        || plain.equals(user.substring(0, colon).toLowerCase(Locale.ROOT))
                        || plain.matches(".*(change|example|placeholder|your).*")
                ? Password.PLACEHOLDER
                : Password.LITERAL;
    }

    /** The URL of a pool, masked. */
    static Value<String> masked(Py value, Evaluator evaluator) {
        return switch (value) {
            case Const known -> Value.known(maskedText(String.valueOf(known.value())), known.origin(), known.trail());
            case Partial partial -> Value.known(maskedText(partial.text()), partial.origin());
            case Made made -> {
                Optional<String> text = built(made, evaluator);
                yield text.isPresent()
                        ? Value.known(maskedText(text.get()), made.call().origin())
                        : new Value.Unknown<>(
                                "built by " + made.dottedName(),
                                "its parts",
                                made.call().origin());
            }
            case Py.Choice choice -> {
                List<Value.Case<String>> cases = new ArrayList<>();
                choice.options().stream()
                        .filter(one -> !isNone(one.value()))
                        .forEach(one -> cases.add(new Value.Case<>(one.condition(), masked(one.value(), evaluator))));
                yield new Value.OneOf<>(
                        cases,
                        cases.isEmpty()
                                ? dev.poolwright.model.fleet.Origin.NONE
                                : cases.getFirst().value().origin());
            }
            case Py.Unknown unknown -> new Value.Unknown<>(unknown.why(), unknown.settledBy(), unknown.origin());
            default -> Value.unknown("not a text", "the URL where it runs");
        };
    }

    private static boolean isNone(Py value) {
        return value instanceof Missing || (value instanceof Const known && known.isNone());
    }

    private static String maskedText(String text) {
        return parts(text)
                .map(Parts::masked)
                .map(Masked::text)
                .orElse(text.contains("@") || text.contains("password") ? "***" : text);
    }

    /** {@code URL.create(drivername=…)}, {@code PostgresDsn.build(scheme=…)}, {@code make_url(…)}: as text with unknown parts. */
    static Optional<String> built(Made made, Evaluator evaluator) {
        Py.Arguments arguments = made.arguments();
        String function = made.dottedName().substring(made.dottedName().lastIndexOf('.') + 1);
        if (Set.of("make_url", "PostgresDsn", "MultiHostUrl", "AnyUrl", "MySQLDsn", "DatabaseURL", "quote_plus")
                        .contains(function)
                && !arguments.positional().isEmpty()) {
            return text(evaluator.force(arguments.positional().getFirst()));
        }
        if (Set.of("render_as_string", "set", "unicode_string", "replace", "with_", "format")
                .contains(function)) {
            return Optional.empty();
        }
        Py scheme = evaluator.force(
                arguments.named().containsKey("scheme") ? arguments.at(-1, "scheme") : arguments.at(0, "drivername"));
        if (!(scheme instanceof Const known) || !(known.value() instanceof String)) {
            return Optional.empty();
        }
        String host = text(evaluator.force(arguments.at(-1, "host"))).orElse("{host}");
        String database = text(evaluator.force(
                        arguments.named().containsKey("path")
                                ? arguments.at(-1, "path")
                                : arguments.at(-1, "database")))
                .orElse("{database}");
        boolean user =
                arguments.named().containsKey("username") || arguments.named().containsKey("user");
        Py password = evaluator.force(arguments.at(-1, "password"));
        String secret =
                password instanceof Const written && written.firm() ? String.valueOf(written.value()) : "{password}";
        StringBuilder query = new StringBuilder();
        if (evaluator.force(arguments.at(-1, "query")) instanceof Py.Dict dict) {
            dict.entries()
                    .forEach((name, value) -> query.append(query.isEmpty() ? "?" : "&")
                            .append(name)
                            .append('=')
                            .append(text(evaluator.force(value)).orElse("{…}")));
        }
        return Optional.of(known.value() + "://" + (user ? "{user}:" + secret + "@" : "") + host + "/"
                + database.replaceFirst("^/", "") + query);
    }

    private static Optional<String> text(Py value) {
        return switch (value) {
            case Const known -> known.isNone() ? Optional.empty() : Optional.of(String.valueOf(known.value()));
            case Partial partial -> Optional.of(partial.text());
            case Missing ignored -> Optional.empty();
            default -> Optional.empty();
        };
    }

    /**
     * The driver that SQLAlchemy loads for a URL. Where the environment can replace the URL, one that does not suit the
     * engine is not believed.
     */
    static String driver(Py url, boolean async, Evaluator evaluator) {
        Set<String> found = new java.util.LinkedHashSet<>();
        for (Py.Option one : Choices.options(url)) {
            Optional<String> text = one.value() instanceof Made made ? built(made, evaluator) : text(one.value());
            boolean firm = !(one.value() instanceof Const known) || known.firm();
            String driver = text.map(DatabaseUrls::driver).orElse("");
            boolean suits = driver.equals("psycopg") || ASYNC.contains(driver) == async;
            if (driver.isEmpty()
                    || (!suits && !firm)
                    || (one.value() instanceof Partial
                            && !suits
                            && text.orElse("").startsWith("{"))) {
                return "";
            }
            found.add(driver);
        }
        return found.size() == 1 ? found.iterator().next() : "";
    }

    private static final Set<String> ASYNC = Set.of("asyncpg", "psycopg_async", "aiomysql", "asyncmy", "aiosqlite");

    static String driver(String url) {
        int end = url.indexOf("://");
        String scheme = end < 0 ? "" : url.substring(0, end).toLowerCase(Locale.ROOT);
        int plus = scheme.indexOf('+');
        if (plus >= 0) {
            return scheme.substring(plus + 1);
        }
        return switch (scheme) {
            case "postgresql", "postgres" -> "psycopg2";
            case "mysql", "mariadb" -> "mysqldb";
            case "sqlite" -> "pysqlite";
            default -> "";
        };
    }
}
