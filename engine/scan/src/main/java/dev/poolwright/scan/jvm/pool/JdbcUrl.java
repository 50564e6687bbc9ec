package dev.poolwright.scan.jvm.pool;

import dev.poolwright.model.fact.DatabaseUrl;
import dev.poolwright.model.fact.DatabaseUrl.Password;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.finding.Masked;
import dev.poolwright.model.fleet.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JDBC, R2DBC or Vert.x database URL in its parts, without its secrets.
 *
 * @param scheme {@code jdbc:postgresql}, {@code r2dbc:pool:mysql}, …
 * @param host the first one; empty when not said
 * @param parameters {@code name=value}, without those that are secret
 * @param password how the one inside the URL is written
 */
public record JdbcUrl(String scheme, String host, String database, List<String> parameters, Password password) {

    private static final Pattern START = Pattern.compile("((?:jdbc|r2dbcs?)(?::[a-z0-9+-]+)+|[a-z0-9+]+)://(.*)");
    private static final Pattern ORACLE =
            Pattern.compile("(jdbc:oracle:\\w+):(?:([^/@]*)/([^@]*))?@(?://)?([^:/?]*).*");
    private static final Pattern EMBEDDED =
            Pattern.compile("(jdbc:(?:h2|hsqldb|derby|sqlite|duckdb)|r2dbc:(?:pool:)?h2)[:/].*");
    private static final Set<String> SECRET = Set.of("password", "pwd", "user", "username", "token", "sslpassword");
    private static final Set<String> WRAPPERS = Set.of("p6spy", "log4jdbc", "otel", "tracing", "aws-wrapper", "tc");
    private static final int MOST_PARAMETERS = 100;

    public JdbcUrl {
        parameters = List.copyOf(parameters);
    }

    /** Empty when the text is no database URL. */
    public static Optional<JdbcUrl> of(String text) {
        String url = text.strip();
        Matcher embedded = EMBEDDED.matcher(url);
        if (embedded.matches()) {
            return Optional.of(new JdbcUrl(embedded.group(1), "", "", List.of(), Password.NONE));
        }
        Matcher oracle = ORACLE.matcher(url);
        if (oracle.matches()) {
            Password password = oracle.group(3) == null ? Password.NONE : Passwords.of(oracle.group(3));
            return Optional.of(new JdbcUrl(oracle.group(1), oracle.group(4), "", List.of(), password));
        }
        Matcher start = START.matcher(url);
        if (!start.matches()) {
            return Optional.empty();
        }
        String scheme = start.group(1);
        String rest = start.group(2);
        if (scheme.equals("jdbc:sqlserver")) {
            return Optional.of(sqlServer(scheme, rest));
        }
        int question = outside(rest, '?');
        String where = question < 0 ? rest : rest.substring(0, question);
        int at = where.lastIndexOf('@');
        Password password = at < 0 || !where.substring(0, at).contains(":")
                ? Password.NONE
                : Passwords.of(where.substring(where.indexOf(':') + 1, at));
        String hosts = where.substring(at + 1);
        int slash = outside(hosts, '/');
        String host = slash < 0 ? hosts : hosts.substring(0, slash);
        String database = slash < 0 ? "" : hosts.substring(slash + 1);
        String query = question < 0 ? "" : rest.substring(question + 1);
        return Optional.of(new JdbcUrl(
                scheme,
                first(host),
                database,
                parameters(query.split("&", -1)),
                secret(query.split("&", -1), password)));
    }

    /** The first of a character outside of placeholders. */
    private static int outside(String text, char wanted) {
        int open = 0;
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            open += one == '{' ? 1 : one == '}' ? -1 : 0;
            if (one == wanted && open <= 0) {
                return i;
            }
        }
        return -1;
    }

    private static JdbcUrl sqlServer(String scheme, String rest) {
        String[] parts = rest.split(";", -1);
        List<String> parameters = parameters(parts);
        String database = parameters.stream()
                .filter(one -> one.toLowerCase(Locale.ROOT).startsWith("database"))
                .map(one -> one.substring(one.indexOf('=') + 1))
                .findFirst()
                .orElse("");
        return new JdbcUrl(scheme, first(parts[0]), database, parameters, secret(parts, Password.NONE));
    }

    private static String first(String hosts) {
        String first = hosts.startsWith("${") ? hosts : hosts.split(",", -1)[0];
        int port = first.startsWith("${") ? -1 : first.lastIndexOf(':');
        return port < 0 || first.endsWith("]") ? first : first.substring(0, port);
    }

    private static List<String> parameters(String[] written) {
        List<String> parameters = new ArrayList<>();
        for (String one : written) {
            int equals = one.indexOf('=');
            String name = equals < 0 ? one : one.substring(0, equals);
            if (equals > 0 && parameters.size() < MOST_PARAMETERS && !secret(name)) {
                parameters.add(one);
            }
        }
        return parameters;
    }

    private static boolean secret(String name) {
        return SECRET.contains(name.toLowerCase(Locale.ROOT));
    }

    private static Password secret(String[] written, Password otherwise) {
        for (String one : written) {
            if (one.matches("(?i)(password|pwd)=.*")) {
                return Passwords.of(one.substring(one.indexOf('=') + 1));
            }
        }
        return otherwise;
    }

    /** {@code postgresql}, {@code mysql}, {@code h2}, … */
    public String engine() {
        String[] parts = scheme.split(":", -1);
        boolean wrapped = parts.length > 2 && WRAPPERS.contains(parts[1]);
        return scheme.startsWith("jdbc:") && parts.length > 1 ? parts[wrapped ? 2 : 1] : parts[parts.length - 1];
    }

    /** The driver that takes such URLs; empty when not known. */
    public String driver() {
        return switch (engine()) {
            case "postgresql", "postgres" -> scheme.startsWith("jdbc") ? "pgjdbc" : "r2dbc-postgresql";
            case "mysql" -> scheme.startsWith("jdbc") ? "mysql-connector-j" : "r2dbc-mysql";
            case "mariadb" -> scheme.startsWith("jdbc") ? "mariadb-java-client" : "r2dbc-mariadb";
            default -> engine();
        };
    }

    /** Whether the database is inside the program itself. */
    public boolean embedded() {
        return Set.of("h2", "hsqldb", "derby", "sqlite", "duckdb").contains(engine());
    }

    /** The same without its host. */
    public JdbcUrl withoutHost() {
        return new JdbcUrl(scheme, "", database, parameters, password);
    }

    /** @param other the password beside the URL; the worse one of the two counts */
    public DatabaseUrl fact(String usedBy, WrittenPassword other, String environment, Place place, Origin origin) {
        boolean inside = password.compareTo(other.how()) >= 0;
        return new DatabaseUrl(
                usedBy,
                scheme,
                host,
                database,
                parameters,
                inside ? password : other.how(),
                environment,
                place,
                origin,
                inside ? origin : other.origin());
    }

    /** A URL with its user and password as {@code ***}. */
    public static String masked(String url) {
        return Masked.text(url.replaceAll("(?i)([?&;](?:password|pwd|user|username|token)=)[^&;]*", "$1***")
                .replaceAll("(jdbc:oracle:\\w+:)[^/@]+/[^@]*@", "$1***@"));
    }
}
