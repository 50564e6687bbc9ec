package dev.poolwright.scan.node;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** postgres.js: {@code postgres(url, {...})}, {@code postgres({...})}. */
final class PostgresJsReader extends NodeReader {

    static final Set<String> KEYS = Set.of(
            "max",
            "idle_timeout",
            "connect_timeout",
            "max_lifetime",
            "prepare",
            "max_pipeline",
            "keep_alive",
            "fetch_types");

    /** Spellings of other libraries that postgres.js does not read (postgres 3.4 src/index.js, parseOptions). */
    static final Map<String, String> FOREIGN = Map.of(
            "connectionLimit", "max",
            "poolSize", "max",
            "maxConnections", "max",
            "max_connections", "max",
            "idleTimeoutMillis", "idle_timeout",
            "idleTimeout", "idle_timeout",
            "connectionTimeoutMillis", "connect_timeout",
            "connectTimeout", "connect_timeout");

    PostgresJsReader() {
        super("'postgres'", "\"postgres\"", "postgresjs");
    }

    @Override
    void read(NodeModule module, Project project, Consumer<Fact> facts) {
        NodeValues values = new NodeValues(project);
        module.root().all("call_expression").forEach(call -> {
            if (isClient(module, values, call)) {
                site(module, project, values, call, facts);
            }
        });
    }

    static boolean isClient(NodeModule module, NodeValues values, SyntaxNode call) {
        return call.child("function")
                .filter(function -> function.is("identifier"))
                .map(function -> values.names().of(module, function))
                .filter(meaning -> meaning instanceof Meaning.Foreign foreign
                        && (foreign.source().equals("postgres")
                                || foreign.source().contains("postgresjs"))
                        && foreign.path().isEmpty())
                .isPresent();
    }

    private static void site(
            NodeModule module, Project project, NodeValues values, SyntaxNode call, Consumer<Fact> facts) {
        PoolSite site = new PoolSite(project, values, module, call, "postgres.js")
                .driver("postgres.js")
                .version("postgres");
        Optional<SyntaxNode> first = Texts.argument(call, 0);
        Optional<SyntaxNode> second = Texts.argument(call, 1);
        NodeOptions reader = new NodeOptions(values.names());
        Map<String, NodeOptions.Option> options =
                second.or(() -> first).map(one -> reader.of(module, one)).orElse(Map.of());
        if (second.isPresent() || options.isEmpty()) {
            first.ifPresent(url -> site.urlFrom(values, new NodeOptions.Option(module, url, url, ""), facts));
        }
        site.settings(options, KEYS);
        site.unread(options, FOREIGN, "postgres.js", facts);
        site.tell(facts);
    }
}
