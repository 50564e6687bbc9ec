package dev.poolwright.scan.node;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Drizzle where it makes its driver's pool itself: {@code drizzle(url)}, {@code drizzle({ connection: {...} })}. */
final class DrizzleReader extends NodeReader {

    /** Entry points, and the library whose pool each makes. */
    private static final Map<String, String> MAKES = Map.of(
            "drizzle-orm/node-postgres", "pg",
            "drizzle-orm/postgres-js", "postgres.js",
            "drizzle-orm/mysql2", "mysql2");

    DrizzleReader() {
        super("drizzle-orm/node-postgres", "drizzle-orm/postgres-js", "drizzle-orm/mysql2");
    }

    @Override
    void read(NodeModule module, Project project, Consumer<Fact> facts) {
        NodeValues values = new NodeValues(project);
        module.root().all("call_expression").forEach(call -> {
            Optional<SyntaxNode> first = Texts.argument(call, 0);
            if (first.isPresent()
                    && Texts.called(call).equals("drizzle")
                    && values.names().of(module, call.child("function").orElse(call)) instanceof Meaning.Foreign foreign
                    && MAKES.containsKey(foreign.source())) {
                site(module, project, values, call, first.get(), String.valueOf(MAKES.get(foreign.source())), facts);
            }
        });
    }

    private static void site(
            NodeModule module,
            Project project,
            NodeValues values,
            SyntaxNode call,
            SyntaxNode first,
            String library,
            Consumer<Fact> facts) {
        NodeOptions reader = new NodeOptions(values.names());
        NodeOptions.Option connection = reader.of(module, first).get("connection");
        boolean isUrl = first.is("string", "template_string")
                || values.names().of(module, NodeNames.bare(first)) instanceof Meaning.Variable;
        if (connection == null && !isUrl) {
            return; // it is given a pool, which is read where it is made
        }
        PoolSite site = new PoolSite(project, values, module, call, library)
                .driver(library)
                .version(library.equals("postgres.js") ? "postgres" : library);
        if (connection == null) {
            site.urlFrom(values, new NodeOptions.Option(module, first, first, ""), facts);
            site.tell(facts);
            return;
        }
        Map<String, NodeOptions.Option> options = reader.of(connection.module(), connection.value());
        if (options.isEmpty()) {
            site.urlFrom(values, connection, facts);
        }
        for (String key : Set.of("connectionString", "url", "uri")) {
            site.urlFrom(values, options.get(key), facts);
        }
        site.settings(
                options,
                library.equals("pg")
                        ? PgReader.KEYS
                        : library.equals("mysql2") ? MysqlReader.KEYS : PostgresJsReader.KEYS);
        site.tell(facts);
    }
}
