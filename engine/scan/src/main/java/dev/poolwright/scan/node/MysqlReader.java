package dev.poolwright.scan.node;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** mysql2, mysql and the connector of MariaDB: {@code mysql.createPool({...})}. */
final class MysqlReader extends NodeReader {

    private static final Set<String> PACKAGES =
            Set.of("mysql2", "mysql2/promise", "mysql2/promise.js", "mysql", "promise-mysql", "mariadb");

    static final Set<String> KEYS = Set.of(
            "connectionLimit",
            "waitForConnections",
            "queueLimit",
            "maxIdle",
            "idleTimeout",
            "connectTimeout",
            "enableKeepAlive",
            "acquireTimeout");

    /**
     * What mysql2 does not read though other libraries do: it prints "Ignoring invalid configuration option passed to
     * Connection" (mysql2 3 lib/connection_config.js) and waits without a limit.
     */
    static final Map<String, String> FOREIGN = Map.of(
            "acquireTimeout", "no limit for a wait",
            "max", "connectionLimit",
            "poolSize", "connectionLimit",
            "connectionTimeout", "connectTimeout",
            "connectionTimeoutMillis", "connectTimeout",
            "idleTimeoutMillis", "idleTimeout");

    MysqlReader() {
        super("mysql2", "'mysql'", "\"mysql\"", "promise-mysql", "'mariadb'", "\"mariadb\"");
    }

    @Override
    void read(NodeModule module, Project project, Consumer<Fact> facts) {
        NodeValues values = new NodeValues(project);
        module.root()
                .all("call_expression")
                .filter(call -> Texts.called(call).equals("createPool"))
                .forEach(call -> call.child("function")
                        .map(function -> values.names().of(module, function))
                        .ifPresent(meaning -> {
                            if (meaning instanceof Meaning.Foreign foreign && PACKAGES.contains(foreign.source())) {
                                site(
                                        module,
                                        project,
                                        values,
                                        call,
                                        foreign.source().startsWith("mysql2"),
                                        facts);
                            }
                        }));
    }

    private static void site(
            NodeModule module,
            Project project,
            NodeValues values,
            SyntaxNode call,
            boolean second,
            Consumer<Fact> facts) {
        PoolSite site = new PoolSite(project, values, module, call, "mysql2")
                .driver("mysql2")
                .version("mysql2");
        Optional<SyntaxNode> first = Texts.argument(call, 0);
        Map<String, NodeOptions.Option> options = first.map(one -> new NodeOptions(values.names()).of(module, one))
                .orElse(Map.of());
        if (options.isEmpty()) {
            first.ifPresent(url -> site.urlFrom(values, new NodeOptions.Option(module, url, url, ""), facts));
        }
        site.urlFrom(values, options.get("uri"), facts);
        site.settings(options, KEYS);
        if (second) {
            site.settings().remove("acquireTimeout");
            site.unread(options, FOREIGN, "mysql2", facts);
        }
        site.tell(facts);
    }
}
