package dev.poolwright.scan.node;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Place;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** TypeORM: {@code new DataSource({...})}, {@code createConnection({...})}, NestJS's {@code TypeOrmModule.forRoot[Async]}. */
final class TypeOrmReader extends NodeReader {

    /** What drivers read of {@code extra}. */
    private static final Set<String> EXTRA_KEYS = Set.of(
            "max",
            "min",
            "connectionLimit",
            "queueLimit",
            "idleTimeoutMillis",
            "connectionTimeoutMillis",
            "maxUses",
            "statement_timeout",
            "query_timeout");

    private static final String EMBEDDED =
            "(better-)?sqlite3?|sqljs|expo|cordova|nativescript|react-native|capacitor|mongodb|.*sqlite.*";

    TypeOrmReader() {
        super("DataSource(", "TypeOrmModule", "createConnection(", "createConnections(");
    }

    @Override
    void read(NodeModule module, Project project, Consumer<Fact> facts) {
        NodeValues values = new NodeValues(project);
        module.root().all("new_expression", "call_expression").forEach(node -> {
            if (node.is("new_expression")) {
                if (isTypeOrm(module, values, node.child("constructor"), "DataSource|Connection")) {
                    site(module, project, values, node, Texts.argument(node, 0), facts);
                }
            } else if (Texts.called(node).matches("forRoot(Async)?")
                    && Texts.receiver(node)
                            .filter(one -> one.text().equals("TypeOrmModule"))
                            .isPresent()) {
                nest(module, project, values, node, facts);
            } else if (Texts.called(node).equals("createConnection")
                    && isTypeOrm(module, values, node.child("function"), "createConnection")
                    && Texts.argument(node, 0).isPresent()) {
                site(module, project, values, node, Texts.argument(node, 0), facts);
            }
        });
    }

    private static boolean isTypeOrm(NodeModule module, NodeValues values, Optional<SyntaxNode> type, String names) {
        return type.map(one -> values.names().of(module, one))
                .filter(meaning -> meaning instanceof Meaning.Foreign foreign
                        && foreign.source().equals("typeorm")
                        && foreign.last().matches(names))
                .isPresent();
    }

    private static void nest(
            NodeModule module, Project project, NodeValues values, SyntaxNode call, Consumer<Fact> facts) {
        Optional<SyntaxNode> argument = Texts.argument(call, 0);
        if (Texts.called(call).equals("forRoot") || argument.isEmpty()) {
            site(module, project, values, call, argument, facts);
            return;
        }
        NodeOptions reader = new NodeOptions(values.names());
        NodeOptions.Option factory = reader.of(module, argument.get()).get("useFactory");
        if (factory != null
                && values.names().of(factory.module(), factory.value()) instanceof Meaning.Code code
                && NodeNames.onlyReturn(code.node()).isPresent()) {
            SyntaxNode returned =
                    NodeNames.bare(NodeNames.onlyReturn(code.node()).get());
            site(
                    code.module(),
                    project,
                    values,
                    code.module() == module ? call : returned,
                    Optional.of(returned),
                    facts);
            return;
        }
        site(module, project, values, call, Optional.empty(), facts);
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
        PoolSite site = new PoolSite(project, values, module, made, "typeorm").version("typeorm");
        NodeOptions.Option type = options.get("type");
        if (type != null) {
            for (Object one : values.of(type).possible()) {
                if (String.valueOf(one).matches(EMBEDDED)) {
                    return;
                }
                site.driver(
                        String.valueOf(one).matches("mysql|mariadb|aurora-mysql")
                                ? "mysql2"
                                : String.valueOf(one).matches("(aurora-)?postgres|cockroachdb") ? "pg" : "");
            }
        }
        site.urlFrom(values, options.get("url"), facts);
        site.settings(options, Set.of("poolSize", "connectTimeoutMS", "connectTimeout"));
        NodeOptions.Option extra = options.get("extra");
        if (extra != null) {
            extra(site, values, options, reader.of(extra.module(), extra.value()), facts);
        }
        boolean forCommands = made.is("new_expression")
                && module.file().fileName().matches("(?i).*(ormconfig|data-?source|migrations?|typeorm)[\\w.-]*")
                && NodeVersions.of(project)
                        .nearest(module.file(), "@nestjs/typeorm")
                        .isPresent()
                && !module.root().text().contains(".initialize(");
        Keeping keeping = made.is("new_expression") || Texts.called(made).equals("createConnection")
                ? Keeping.of(module, made)
                : Keeping.PROCESS;
        if (forCommands) {
            site.at(Place.MIGRATION); // the command line's own; the program's is TypeOrmModule
        }
        site.tell(facts, keeping);
    }

    private static void extra(
            PoolSite site,
            NodeValues values,
            Map<String, NodeOptions.Option> options,
            Map<String, NodeOptions.Option> extra,
            Consumer<Fact> facts) {
        extra.forEach((key, option) -> {
            if (EXTRA_KEYS.contains(key)) {
                site.setting("extra." + key, values.of(option));
            }
        });
        NodeOptions.Option poolSize = options.get("poolSize");
        for (String key : Set.of("max", "connectionLimit")) {
            if (poolSize != null && extra.containsKey(key)) {
                site.settings().remove("poolSize");
                facts.accept(site.idle(
                        "poolSize",
                        poolSize,
                        "extra." + key + " stands beside it and takes its place",
                        "extra." + key));
            }
        }
    }
}
