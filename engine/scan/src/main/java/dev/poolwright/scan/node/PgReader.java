package dev.poolwright.scan.node;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** node-postgres: {@code new Pool({...})} of pg, pg-pool and what is made like it, and fastify's plugin for it. */
final class PgReader extends NodeReader {

    /** Packages whose {@code Pool} is pg-pool, or takes its options. */
    private static final Set<String> PACKAGES =
            Set.of("pg", "pg-pool", "@neondatabase/serverless", "@vercel/postgres", "pg-native", "@types/pg");

    private static final Set<String> PLUGINS = Set.of("@fastify/postgres", "fastify-postgres", "koa-pg");

    static final Set<String> KEYS = Set.of(
            "max",
            "min",
            "idleTimeoutMillis",
            "connectionTimeoutMillis",
            "maxUses",
            "maxLifetimeSeconds",
            "allowExitOnIdle",
            "keepAlive",
            "statement_timeout",
            "query_timeout",
            "lock_timeout",
            "idle_in_transaction_session_timeout");

    /** Spellings of other libraries that pg-pool does not read (pg-pool 3 index.js, constructor), and what it reads instead. */
    private static final Map<String, String> FOREIGN = Map.of(
            "connectionLimit", "max",
            "maxConnections", "max",
            "max_connections", "max",
            "maxPoolSize", "max",
            "pool_size", "max",
            "idleTimeout", "idleTimeoutMillis",
            "idle_timeout", "idleTimeoutMillis",
            "acquireTimeoutMillis", "connectionTimeoutMillis",
            "connectionTimeout", "connectionTimeoutMillis",
            "connectTimeout", "connectionTimeoutMillis");

    PgReader() {
        super(
                "'pg'",
                "\"pg\"",
                "pg-pool",
                "@neondatabase/serverless",
                "@vercel/postgres",
                "fastify/postgres",
                "fastify-postgres");
    }

    @Override
    void read(NodeModule module, Project project, Consumer<Fact> facts) {
        NodeValues values = new NodeValues(project);
        module.root().all("new_expression", "call_expression").forEach(node -> {
            if (node.is("new_expression") && isPool(module, values, node)) {
                site(module, project, values, node, Texts.argument(node, 0), facts);
            } else if (Texts.called(node).equals("register") && isPlugin(module, values, node)) {
                site(module, project, values, node, Texts.argument(node, 1), facts);
            }
        });
    }

    static boolean isPool(NodeModule module, NodeValues values, SyntaxNode made) {
        SyntaxNode type = made.child("constructor").orElse(made);
        return (type.text().endsWith("Pool") || type.is("identifier"))
                && values.names().of(module, type) instanceof Meaning.Foreign foreign
                && PACKAGES.contains(foreign.source())
                && (foreign.last().endsWith("Pool") || foreign.source().equals("pg-pool"));
    }

    private static boolean isPlugin(NodeModule module, NodeValues values, SyntaxNode call) {
        return Texts.argument(call, 0)
                .map(plugin -> values.names().of(module, plugin))
                .filter(plugin -> plugin instanceof Meaning.Foreign foreign && PLUGINS.contains(foreign.source()))
                .isPresent();
    }

    private static void site(
            NodeModule module,
            Project project,
            NodeValues values,
            SyntaxNode made,
            Optional<SyntaxNode> options,
            Consumer<Fact> facts) {
        Map<String, NodeOptions.Option> written = options.map(one -> new NodeOptions(values.names()).of(module, one))
                .orElse(Map.of());
        PoolSite site =
                new PoolSite(project, values, module, made, "pg").driver("pg").version("pg-pool", "pg");
        fill(site, values, written, facts);
        site.tell(facts);
    }

    /** Takes what pg-pool reads out of its options, and says what it does not read. */
    static void fill(PoolSite site, NodeValues values, Map<String, NodeOptions.Option> options, Consumer<Fact> facts) {
        site.settings(options, KEYS);
        if (options.containsKey("poolSize") && !options.containsKey("max")) {
            site.setting("max", values.of(options.get("poolSize"))); // pg-pool reads it in place of max
        }
        site.urlFrom(values, options.get("connectionString"), facts);
        site.unread(options, FOREIGN, "pg-pool", facts);
    }
}
