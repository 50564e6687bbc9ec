package dev.poolwright.scan.node;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Knex, and what is built on it: {@code knex({...})} (a knexfile is followed from there), MikroORM's {@code init} and Strapi's
 * {@code config/database}.
 */
final class KnexReader extends NodeReader {

    private static final Set<String> POOL_KEYS = Set.of(
            "min",
            "max",
            "acquireTimeoutMillis",
            "createTimeoutMillis",
            "destroyTimeoutMillis",
            "idleTimeoutMillis",
            "reapIntervalMillis",
            "createRetryIntervalMillis",
            "propagateCreateError");
    private static final String EMBEDDED = "(better-)?sqlite3?|.*sqlite.*|libsql";

    KnexReader() {
        super("'knex'", "\"knex\"", "MikroORM", "mikro-orm", "acquireConnectionTimeout", "DATABASE_CLIENT");
    }

    @Override
    void read(NodeModule module, Project project, Consumer<Fact> facts) {
        NodeValues values = new NodeValues(project);
        module.root().all("call_expression").forEach(call -> {
            if (makes(module, values, call)) {
                site(module, project, values, call, Texts.argument(call, 0), facts);
            }
        });
        if (("/" + module.file().name()).matches(".*/config/database\\.[jt]s") && isStrapi(project, module)) {
            module.export("default")
                    .or(() -> module.export("="))
                    .filter(NodeModule.Export.Own.class::isInstance)
                    .map(NodeModule.Export.Own.class::cast)
                    .ifPresent(own -> strapi(module, project, values, own.node(), facts));
        }
    }

    private static boolean makes(NodeModule module, NodeValues values, SyntaxNode call) {
        if (Texts.called(call).equals("init")
                && Texts.receiver(call)
                        .filter(one -> one.text().equals("MikroORM"))
                        .isPresent()) {
            return true;
        }
        SyntaxNode function = call.child("function").orElse(call);
        boolean plain = function.is("identifier") || function.text().matches("[kK]nex\\.(knex|default|initialize)");
        return plain
                && Texts.argument(call, 0)
                        .filter(one -> !one.is("string", "template_string"))
                        .isPresent()
                && values.names().of(module, function) instanceof Meaning.Foreign foreign
                && foreign.source().equals("knex")
                && foreign.last().matches("(?i)knex|initialize");
    }

    private static boolean isStrapi(Project project, NodeModule module) {
        return NodeVersions.of(project).nearest(module.file(), "@strapi/strapi").isPresent()
                || module.root().text().contains("DATABASE_CLIENT");
    }

    private static void strapi(
            NodeModule module, Project project, NodeValues values, SyntaxNode exported, Consumer<Fact> facts) {
        SyntaxNode object = NodeNames.bare(exported);
        SyntaxNode result = NodeNames.onlyReturn(object).map(NodeNames::bare).orElse(object);
        NodeOptions reader = new NodeOptions(values.names());
        NodeOptions.Option connection = reader.of(module, result).get("connection");
        if (connection != null) {
            site(module, project, values, connection.key(), Optional.of(connection.value()), facts);
        }
    }

    private static void site(
            NodeModule module,
            Project project,
            NodeValues values,
            SyntaxNode made,
            Optional<SyntaxNode> argument,
            Consumer<Fact> facts) {
        NodeOptions reader = new NodeOptions(values.names());
        Map<String, NodeOptions.Option> options =
                argument.map(one -> reader.of(module, one)).orElse(Map.of());
        PoolSite site = new PoolSite(project, values, module, made, "knex").version("knex");
        for (String key : Set.of("client", "type", "driver", "dialect")) {
            NodeOptions.Option client = options.get(key);
            if (client != null) {
                Object name = values.of(client).single().orElse(client.value().text());
                if (String.valueOf(name).toLowerCase(java.util.Locale.ROOT).matches(EMBEDDED)) {
                    return;
                }
                site.driver(driver(String.valueOf(name)));
            }
        }
        connection(site, values, reader, options, facts);
        if (site.isEmbedded()) {
            return;
        }
        Map<String, NodeOptions.Option> pool = new LinkedHashMap<>();
        NodeOptions.Option own = options.get("pool");
        if (own != null) {
            pool.putAll(reader.of(own.module(), own.value()));
        }
        site.settings(pool, POOL_KEYS);
        site.settings(options, Set.of("acquireConnectionTimeout"));
        lower(site, options.get("acquireConnectionTimeout"), pool.get("acquireTimeoutMillis"), facts);
        site.tell(facts, made.is("pair") ? Keeping.PROCESS : Keeping.of(module, made));
    }

    private static void connection(
            PoolSite site,
            NodeValues values,
            NodeOptions reader,
            Map<String, NodeOptions.Option> options,
            Consumer<Fact> facts) {
        site.urlFrom(values, options.get("clientUrl"), facts);
        NodeOptions.Option connection = options.get("connection");
        if (connection == null) {
            return;
        }
        Map<String, NodeOptions.Option> parts = reader.of(connection.module(), connection.value());
        if (parts.isEmpty()) {
            site.urlFrom(values, connection, facts);
        } else {
            site.urlFrom(values, parts.get("connectionString"), facts);
        }
    }

    private static String driver(String client) {
        return client.matches("(?i)pg|postgres(ql)?|.*postgre.*|cockroachdb")
                ? "pg"
                : client.matches("(?i).*(mysql|maria).*") ? "mysql2" : "";
    }

    /** Of the two limits for a wait the lower counts (knex 3 lib/client.js, getPoolSettings). */
    private static void lower(
            PoolSite site,
            NodeOptions.@Nullable Option outer,
            NodeOptions.@Nullable Option inner,
            Consumer<Fact> facts) {
        if (outer == null || inner == null) {
            return;
        }
        Optional<Long> whole = millis(site.settings().get("acquireConnectionTimeout"));
        Optional<Long> pool = millis(site.settings().get("acquireTimeoutMillis"));
        if (whole.isPresent() && pool.isPresent() && !whole.get().equals(pool.get())) {
            boolean outerLost = whole.get() > pool.get();
            site.settings().remove(outerLost ? "acquireConnectionTimeout" : "acquireTimeoutMillis");
            facts.accept(site.idle(
                    outerLost ? "acquireConnectionTimeout" : "pool.acquireTimeoutMillis",
                    outerLost ? outer : inner,
                    "the lower of acquireConnectionTimeout and pool.acquireTimeoutMillis counts",
                    (outerLost
                                    ? "pool.acquireTimeoutMillis = " + pool.get()
                                    : "acquireConnectionTimeout = " + whole.get())
                            + " ms"));
        }
    }

    private static Optional<Long> millis(@Nullable Value<Object> value) {
        return Optional.ofNullable(value)
                .flatMap(Value::single)
                .filter(Long.class::isInstance)
                .map(Long.class::cast);
    }
}
