package dev.poolwright.scan.node;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.IdleSetting;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Prisma: {@code new PrismaClient({...})} and classes that extend it, with the URL of the schema or of the code. With a driver
 * adapter the adapter's pool counts, and what the URL says of a pool does not (Prisma 7 always has an adapter).
 */
final class PrismaReader extends NodeReader {

    private static final Set<String> PARAMETERS = Set.of(
            "connection_limit",
            "pool_timeout",
            "connect_timeout",
            "socket_timeout",
            "pgbouncer",
            "max_idle_connection_lifetime");
    private static final Set<String> POOL_PARAMETERS = Set.of("connection_limit", "pool_timeout");

    PrismaReader() {
        super("PrismaClient");
    }

    @Override
    void read(NodeModule module, Project project, Consumer<Fact> facts) {
        NodeValues values = new NodeValues(project);
        module.root().all("new_expression").forEach(made -> {
            if (isClient(module, values, made.child("constructor").orElse(made))) {
                site(module, project, values, made, Texts.argument(made, 0), Keeping.of(module, made), facts);
            }
        });
        module.root()
                .all("class_declaration")
                .forEach(type -> extended(type)
                        .filter(base -> isClient(module, values, base))
                        .ifPresent(base -> {
                            Optional<SyntaxNode> call = type.all("call_expression")
                                    .filter(one -> one.text("function").equals("super"))
                                    .findFirst();
                            site(
                                    module,
                                    project,
                                    values,
                                    call.orElse(type),
                                    call.flatMap(one -> Texts.argument(one, 0)),
                                    Keeping.PROCESS,
                                    facts);
                        }));
    }

    private static Optional<SyntaxNode> extended(SyntaxNode type) {
        return type.first("class_heritage")
                .flatMap(heritage -> heritage.all("identifier").findFirst());
    }

    static boolean isClient(NodeModule module, NodeValues values, SyntaxNode type) {
        return switch (values.names().of(module, type)) {
            case Meaning.Foreign foreign -> foreign.last().matches("Prisma(PG)?Client");
            case Meaning.Code code -> false; // a class of the tree: read where it is declared
            default -> type.text().equals("PrismaClient");
        };
    }

    private static void site(
            NodeModule module,
            Project project,
            NodeValues values,
            SyntaxNode made,
            Optional<SyntaxNode> argument,
            Keeping keeping,
            Consumer<Fact> facts) {
        Optional<PrismaSchemas.Datasource> schema = PrismaSchemas.of(project).nearest(module.file());
        if (schema.isPresent() && !schema.get().isServer()) {
            return;
        }
        NodeOptions reader = new NodeOptions(values.names());
        Map<String, NodeOptions.Option> options =
                argument.map(one -> reader.of(module, one)).orElse(Map.of());
        PoolSite site = new PoolSite(project, values, module, made, "prisma").version("@prisma/client", "prisma");
        schema.ifPresent(one -> site.versionBeside(one.file(), "@prisma/client", "prisma"));
        NodeOptions.Option adapter = options.get("adapter");
        if (adapter != null) {
            adapted(site, values, reader, adapter, schema, keeping, facts);
            return;
        }
        if (options.containsKey("accelerateUrl")) {
            return; // the pool is the provider's
        }
        Value<Object> url = url(values, reader, options, schema, module);
        site.url(url);
        site.tellUrl(url, facts);
        if (site.isEmbedded()
                || url.possible().stream().anyMatch(one -> String.valueOf(one).startsWith("prisma"))) {
            return;
        }
        parameters(url).forEach(site::setting);
        site.tell(facts, keeping);
    }

    private static Value<Object> url(
            NodeValues values,
            NodeOptions reader,
            Map<String, NodeOptions.Option> options,
            Optional<PrismaSchemas.Datasource> schema,
            NodeModule module) {
        NodeOptions.Option direct = options.get("datasourceUrl");
        if (direct != null) {
            return values.of(direct);
        }
        NodeOptions.Option sources = options.get("datasources");
        if (sources != null) {
            for (NodeOptions.Option source :
                    reader.of(sources.module(), sources.value()).values()) {
                NodeOptions.Option url =
                        reader.of(source.module(), source.value()).get("url");
                if (url != null) {
                    return values.of(url);
                }
            }
        }
        return schema.map(one -> one.literal().isEmpty()
                        ? values.variable(one.variable(), module, one.origin())
                        : Value.<Object>known(one.literal(), one.origin()))
                .orElseGet(
                        () -> Value.unknown("no schema.prisma in this tree says where the database is", "the schema"));
    }

    /** What the URL says of the pool, each with the URL's own place. */
    private static Map<String, Value<Object>> parameters(Value<Object> url) {
        Map<String, Value<Object>> found = new java.util.LinkedHashMap<>();
        url.single()
                .ifPresent(text -> NodeUrls.parameters(String.valueOf(text)).forEach((key, value) -> {
                    if (PARAMETERS.contains(key)) {
                        found.put(key, Value.known(NodeValues.parsed(value), url.origin(), url.trail()));
                    }
                }));
        return found;
    }

    private static void adapted(
            PoolSite site,
            NodeValues values,
            NodeOptions reader,
            NodeOptions.Option adapter,
            Optional<PrismaSchemas.Datasource> schema,
            Keeping keeping,
            Consumer<Fact> facts) {
        PrismaAdapters adapters = new PrismaAdapters(values.names());
        Optional<Meaning.Code> found = adapters.made(adapter.module(), adapter.value());
        if (found.isEmpty()) {
            site.tell(facts, keeping);
            return;
        }
        Meaning.Code code = found.get();
        String kind = code.node().text("constructor");
        if (kind.matches(".*(SQL|Sql|sql).*|PrismaD1.*") && !kind.contains("Pg")) {
            return; // SQLite and its like: no server
        }
        Optional<SyntaxNode> first = Texts.argument(code.node(), 0);
        boolean maria = kind.contains("Maria");
        site.driver(maria ? "mariadb" : "pg");
        Map<String, NodeOptions.Option> options =
                first.map(one -> reader.of(code.module(), one)).orElse(Map.of());
        boolean ownPool = adapters.hasOwnPool(code);
        Optional<NodeOptions.Option> url = Optional.ofNullable(options.get("connectionString"))
                .or(() -> first.filter(one -> options.isEmpty() && !ownPool)
                        .map(one -> new NodeOptions.Option(code.module(), one, one, "")));
        Value<Object> address = url.map(values::of)
                .orElseGet(() -> schema.filter(one -> !one.variable().isEmpty())
                        .map(one -> values.variable(one.variable(), code.module(), one.origin()))
                        .orElseGet(() -> Value.unknown("the adapter does not say", "the code")));
        inert(site, address, code, facts);
        if (ownPool) {
            return; // the pool that it is given is read where it is made
        }
        site.url(address);
        site.tellUrl(address, facts);
        site.settings(options, maria ? MysqlReader.KEYS : PgReader.KEYS);
        site.tell(facts, keeping);
    }

    private static void inert(PoolSite site, Value<Object> url, Meaning.Code adapter, Consumer<Fact> facts) {
        parameters(url).forEach((key, value) -> {
            if (POOL_PARAMETERS.contains(key)) {
                facts.accept(new IdleSetting(
                        key,
                        value.toString(),
                        "prisma",
                        site.name(),
                        "with a driver adapter the URL's pool parameters are not read",
                        "the options of " + adapter.node().text("constructor")
                                + (key.equals("connection_limit")
                                        ? ": max, 10 where it is left out"
                                        : ": connectionTimeoutMillis, no limit where it is left out"),
                        List.of(new Step("adapter made", adapter.node().origin())),
                        site.place(),
                        value.origin()));
            }
        });
    }
}
