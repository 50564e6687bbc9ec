package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.DeclaredPooler;
import dev.poolwright.model.fact.DeclaredServer;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A container that is a database server or a PgBouncer.
 *
 * @param name by which others in the same manifest reach it
 * @param words of its command
 * @param ports that it listens on, as text
 */
record DatabaseContainer(
        String name,
        Image image,
        List<String> words,
        Map<String, Value<String>> variables,
        List<String> ports,
        Place place,
        Origin origin) {

    private static final List<String> LIMIT_VARIABLES = List.of(
            "POSTGRESQL_MAX_CONNECTIONS",
            "POSTGRES_MAX_CONNECTIONS",
            "POSTGRESQL_CFG_MAX_CONNECTIONS",
            "MYSQL_MAX_CONNECTIONS",
            "MARIADB_MAX_CONNECTIONS");

    /** PgBouncer's settings that matter for capacity and correctness; images set them as variables of the same name. */
    private static final Set<String> POOLER_SETTINGS = Set.of(
            "pool_mode",
            "default_pool_size",
            "min_pool_size",
            "reserve_pool_size",
            "reserve_pool_timeout",
            "max_client_conn",
            "max_db_connections",
            "max_user_connections",
            "max_db_client_connections",
            "max_prepared_statements",
            "query_wait_timeout",
            "query_timeout",
            "idle_transaction_timeout",
            "client_idle_timeout",
            "server_idle_timeout",
            "server_lifetime",
            "server_reset_query",
            "server_reset_query_always",
            "server_connect_timeout",
            "ignore_startup_parameters",
            "listen_port",
            "stats_users");

    Optional<DeclaredServer> server() {
        String engine = image.engine().isEmpty() ? looksLike() : image.engine();
        if (engine.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DeclaredServer(name, engine, image.version(), "", maxConnections(), place, origin));
    }

    /** An image of one's own that listens where a database listens, and is told what only the database's own image is told. */
    private String looksLike() {
        boolean postgres = variables.containsKey("POSTGRES_PASSWORD") || variables.containsKey("PGDATA");
        if (postgres && ports.stream().anyMatch(port -> port.endsWith("5432")) && !image.isPooler()) {
            return "postgresql";
        }
        boolean mysql = variables.containsKey("MYSQL_ROOT_PASSWORD") || variables.containsKey("MARIADB_ROOT_PASSWORD");
        return mysql && ports.stream().anyMatch(port -> port.endsWith("3306")) ? "mysql" : "";
    }

    private Value<Integer> maxConnections() {
        StartCommand command = new StartCommand("", flattened(words), variables, origin);
        for (String option : command.options()) {
            String plain = option.replaceFirst("^-+c?", "").replace('-', '_').toLowerCase(Locale.ROOT);
            if (plain.startsWith("max_connections=")) {
                String value = option.substring(option.indexOf('=') + 1);
                return Values.integer(StartCommand.resolved(value, variables, origin));
            }
        }
        Optional<Value<String>> option = command.value("--max_connections", "--max-connections", "-N");
        if (option.isPresent()) {
            return Values.integer(option.get());
        }
        for (String variable : LIMIT_VARIABLES) {
            Value<String> value = variables.get(variable);
            if (value != null && value.single().filter(text -> !text.isBlank()).isPresent()) {
                return Values.integer(value);
            }
        }
        return Values.unknown("not written", "max_connections of " + name, origin);
    }

    private static List<String> flattened(List<String> words) {
        return words.stream().anyMatch(word -> word.contains(" "))
                ? words.stream()
                        .flatMap(word -> ShellWords.words(word).stream())
                        .toList()
                : words;
    }

    Optional<DeclaredPooler> pooler() {
        if (!image.isPooler()) {
            return Optional.empty();
        }
        Map<String, Value<Object>> settings = new LinkedHashMap<>();
        variables.forEach((variable, value) -> {
            String setting = variable.toLowerCase(Locale.ROOT).replaceFirst("^(pgbouncer|pgb)_", "");
            if (POOLER_SETTINGS.contains(setting)) {
                settings.put(setting, Values.setting(value));
            }
        });
        for (String host : List.of("DB_HOST", "POSTGRESQL_HOST", "POSTGRES_HOST", "PGHOST", "DATABASES_HOST")) {
            Value<String> value = variables.get(host);
            if (value != null && !settings.containsKey("host")) {
                settings.put("host", Values.setting(value));
            }
        }
        Value<String> url = variables.get("DATABASE_URL");
        if (url != null && !settings.containsKey("host")) {
            url.single()
                    .flatMap(DatabaseContainer::host)
                    .ifPresent(host -> settings.put(
                            "host", Value.known(host, url.origin(), List.of(new Step("DATABASE_URL", url.origin())))));
        }
        return Optional.of(new DeclaredPooler(name, image.version(), settings, place, origin));
    }

    private static Optional<String> host(String url) {
        int at = Math.max(url.indexOf("://") + 2, url.lastIndexOf('@'));
        String rest = at < 2 ? "" : url.substring(at + 1);
        String host = rest.replaceFirst("[:/?].*$", "");
        return host.isEmpty() || host.contains("$") ? Optional.empty() : Optional.of(host);
    }
}
