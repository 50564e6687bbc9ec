package dev.poolwright.lab.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a database URL by hand: the driver's own parser repeats the whole text, password and all, when it is at a loss.
 * For one thread and one text.
 */
final class DatabaseUrlParser {

    private static final Pattern FORM = Pattern.compile(
            "(?:jdbc:)?postgres(?:ql)?://(?:([^/?#]*)@)?(\\[[^\\]/@]*\\]|[^:/?#@\\[\\]]*)(?::([^/?#@]*))?"
                    + "(?:/([^?#]*))?(?:\\?([^#]*))?");
    private static final String EXPECTED = "postgresql://user:password@host:5432/database";

    /** Names in a URL to names of the driver (pgjdbc, PGProperty). Closed: what is not here could undo the lab's own settings. */
    private static final Map<String, String> OPTIONS = Map.of(
            "sslmode", "sslmode",
            "sslrootcert", "sslrootcert",
            "sslcert", "sslcert",
            "sslkey", "sslkey",
            "channel_binding", "channelBinding",
            "channelBinding", "channelBinding");

    private final String text;
    private final Map<String, String> environment;
    private final List<Problem> problems = new ArrayList<>();

    DatabaseUrlParser(String text, Map<String, String> environment) {
        this.text = text.strip();
        this.environment = environment;
    }

    static String nameInLibpq(String driverName) {
        return driverName.equals("channelBinding") ? "channel_binding" : driverName;
    }

    DatabaseUrl parse() {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            // The text may hold a password anywhere, so it is not shown.
            throw new ServerRefusal(
                    "the database URL (" + text.length()
                            + " characters, not shown: it may hold a password) has no form known here",
                    "write " + EXPECTED + ", and %40 for @, %3A for :, %2F for / inside a password");
        }
        Map<String, String> query = query(part(form, 5));
        String account = part(form, 1);
        int colon = account.indexOf(':');
        String user = first(
                decoded("user", colon < 0 ? account : account.substring(0, colon)),
                query.remove("user"),
                environment.get("PGUSER"));
        String written = colon < 0 ? "" : decoded("password", account.substring(colon + 1));
        String password = first(written, query.remove("password"), environment.get("PGPASSWORD"));
        String host = host(part(form, 2), query.remove("host"));
        int port = port(part(form, 3));
        if (user.isEmpty()) {
            missing("user", "write it into the URL (" + EXPECTED + ") or set PGUSER");
        }
        String database = first(decoded("database", part(form, 4)), user, null);
        if (database.contains("@") || database.contains("/")) {
            // Most likely the rest of a password with an unescaped slash: not shown either.
            problems.add(new Problem(
                    "the database name holds @ or / (not shown: it may be part of a password)",
                    "write %40 for @ and %2F for /"));
        }
        Map<String, String> options = options(query);
        if (password.isEmpty() && problems.isEmpty()) {
            password = PasswordFile.look(environment, host, port, database, user, problems);
        }
        if (!problems.isEmpty()) {
            throw new ServerRefusal(problems);
        }
        return new DatabaseUrl(
                host,
                port,
                database,
                user,
                password.isEmpty() ? Optional.empty() : Optional.of(new Secret(password)),
                options);
    }

    private String host(String written, @Nullable String inQuery) {
        String host = first(decoded("host", written), inQuery, null);
        if (host.startsWith("/")) {
            problems.add(new Problem(
                    "host = " + host + " is a Unix socket; the Java driver speaks TCP only", "write host 127.0.0.1"));
        } else if (host.contains(",")) {
            problems.add(new Problem(
                    "host = " + host + " names more than one server; a run drives exactly one",
                    "name the one to load"));
        } else if (host.chars().anyMatch(c -> c <= ' ')) {
            problems.add(new Problem("host = " + host + " holds a blank", "write a name or an address"));
        }
        if (host.isEmpty()) {
            return "localhost";
        }
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private int port(String written) {
        if (written.isEmpty()) {
            return 5432;
        }
        // Not shown when it is no number: a password with an @ unescaped ends up here.
        if (!written.matches("[0-9]{1,5}")) {
            problems.add(new Problem(
                    "the port (" + written.length()
                            + " characters, not shown: it may be part of a password) is no number",
                    "write a port from 1 to 65535"));
            return 5432;
        }
        int port = Integer.parseInt(written);
        if (port < 1 || port > 65_535) {
            problems.add(new Problem(
                    "port = " + port + "; allowed is 1 to 65535", "write the server's port, 5432 by custom"));
            return 5432;
        }
        return port;
    }

    private Map<String, String> query(String written) {
        Map<String, String> query = new TreeMap<>();
        for (String pair : written.isEmpty() ? new String[0] : written.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (query.put(name, equals < 0 ? "" : decoded(name, pair.substring(equals + 1))) != null) {
                problems.add(new Problem("an option stands twice in the database URL", "leave one"));
            }
        }
        return query;
    }

    private Map<String, String> options(Map<String, String> query) {
        Map<String, String> options = new TreeMap<>();
        query.forEach((name, value) -> {
            String driverName = OPTIONS.get(name);
            if (driverName == null) {
                problems.add(new Problem(
                        (name.matches("[A-Za-z_]{1,40}") ? "option " + name : "an option")
                                + " of the database URL is not known here",
                        "leave it out; known are " + String.join(", ", new TreeSet<>(OPTIONS.keySet()))
                                + ", host, user, password"));
            } else {
                options.put(driverName, value);
            }
        });
        return options;
    }

    private String decoded(String what, String written) {
        try {
            return URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Its message repeats the bad piece of what may be a password, so it goes no further.
            problems.add(new Problem(
                    "the " + what + " in the database URL holds a % that two hexadecimal digits do not follow",
                    "write %25 for a %"));
            return "";
        }
    }

    private void missing(String what, String action) {
        problems.add(new Problem("the database URL names no " + what, action));
    }

    private static String part(Matcher form, int group) {
        String part = form.group(group);
        return part == null ? "" : part;
    }

    private static String first(@Nullable String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null && !candidate.isEmpty()) {
                return candidate;
            }
        }
        return "";
    }
}
