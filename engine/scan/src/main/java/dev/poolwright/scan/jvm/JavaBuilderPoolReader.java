package dev.poolwright.scan.jvm;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.IdleSetting;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.jvm.pool.JvmModules;
import dev.poolwright.scan.jvm.pool.PoolDraft;
import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaFile;
import dev.poolwright.scan.jvm.source.JavaIndex;
import dev.poolwright.scan.jvm.source.JavaMethod;
import dev.poolwright.scan.jvm.source.JavaValues;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Pools that Java code makes with builders: r2dbc-pool, Vert.x, Agroal; and R2DBC options of a pool on a driver that is none. */
final class JavaBuilderPoolReader implements Reader {

    private static final Set<String> R2DBC_OPTIONS = Set.of(
            "INITIAL_SIZE",
            "MAX_SIZE",
            "MIN_IDLE",
            "MAX_IDLE_TIME",
            "MAX_LIFE_TIME",
            "MAX_ACQUIRE_TIME",
            "ACQUIRE_RETRY");

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return Interest.in(
                Language.JAVA,
                "ConnectionPoolConfiguration",
                "PoolOptions",
                "AgroalDataSourceConfigurationSupplier",
                "AgroalConnectionPoolConfigurationSupplier",
                "PoolingConnectionFactoryProvider",
                "ConnectionFactoryOptions");
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        JavaIndex index = JavaIndex.of(project);
        Optional<JavaFile> java = index.file(file);
        if (java.isEmpty()) {
            return;
        }
        JavaValues values = new JavaValues(index);
        java.get().root().all("method_invocation", "object_creation_expression").forEach(node -> {
            Optional<JavaClass> in = java.get().around(node);
            if (in.isPresent()) {
                one(node, in.get(), values, project, facts);
            }
        });
    }

    private static void one(SyntaxNode node, JavaClass in, JavaValues values, Project project, Consumer<Fact> facts) {
        String text = node.is("method_invocation") ? node.text("object") + "." + node.text("name") : node.text("type");
        boolean r2dbc = text.endsWith("ConnectionPoolConfiguration.builder")
                && in.file().root().text().contains("io.r2dbc.pool");
        boolean vertx = text.equals("PoolOptions") && in.file().root().text().contains("sqlclient");
        boolean agroal = text.equals("AgroalDataSourceConfigurationSupplier")
                || text.equals("AgroalConnectionPoolConfigurationSupplier");
        if (r2dbc || vertx || agroal) {
            pool(node, r2dbc ? "r2dbc-pool" : vertx ? "vertx" : "agroal", in, values, project)
                    .filter(found -> !agroal || found.setting("maxSize").isPresent())
                    .ifPresent(found -> facts.accept(found.fact()));
        }
        if (text.endsWith("ConnectionFactoryOptions.builder")) {
            options(node, in, values, facts);
        }
    }

    private static Optional<PoolDraft> pool(
            SyntaxNode start, String library, JavaClass in, JavaValues values, Project project) {
        SyntaxNode end = BuilderChain.end(start);
        SourceFile file = in.file().file();
        String symbol =
                variable(end).or(() -> in.around(start).map(JavaMethod::name)).orElse(in.name());
        PoolDraft pool = new PoolDraft(file.name() + "#" + symbol, library, file.place(), start.origin())
                .runtime(library.equals("agroal") ? "threads" : "event-loop")
                .version(JvmModules.of(project).version(file.folder(), library));
        BuilderChain.of(end).forEach(link -> set(pool, link, in, values));
        if (library.equals("agroal")) {
            end.all("method_invocation")
                    .filter(
                            call -> call.text("name")
                                    .matches(
                                            "maxSize|minSize|initialSize|acquisitionTimeout|maxLifetime|idleValidationTimeout|leakTimeout|validationTimeout|reapTimeout"))
                    .forEach(call -> set(
                            pool, new BuilderChain.Link(call.text("name"), Setters.arguments(call), call), in, values));
        }
        variable(end)
                .ifPresent(name -> in.around(start)
                        .ifPresent(method -> method.node()
                                .all("method_invocation")
                                .filter(call -> BuilderChain.of(call).size() >= 1
                                        && root(call).equals(name))
                                .forEach(call -> set(
                                        pool,
                                        new BuilderChain.Link(call.text("name"), Setters.arguments(call), call),
                                        in,
                                        values))));
        return Optional.of(pool);
    }

    private static String root(SyntaxNode call) {
        SyntaxNode at = call;
        for (int i = 0; i < 100; i++) {
            Optional<SyntaxNode> object = at.is("method_invocation") ? at.child("object") : Optional.empty();
            if (object.isEmpty()) {
                break;
            }
            at = object.get();
        }
        return at.text();
    }

    private static void set(PoolDraft pool, BuilderChain.Link link, JavaClass in, JavaValues values) {
        boolean setter = link.name().startsWith("set") && link.name().length() > 3;
        String key = setter
                ? link.name().substring(3, 4).toLowerCase(Locale.ROOT)
                        + link.name().substring(4)
                : link.name();
        boolean known = SpringR2dbcReader.POOL_OPTIONS.contains(key)
                || key.matches(
                        "(min|max|initial)(Size|Idle)|maxWaitQueueSize|(idle|connection|acquisition|maxLifetime|maxLifeTime|validation|leak|reap|idleValidation)(Timeout)?(Unit)?|poolCleanerPeriod|shared|eventLoopSize|maxLifetime|validationQuery|validationDepth|name|acquireRetry");
        if (known && link.arguments().size() == 1) {
            pool.set(key, unit(link.arguments().get(0), in, values));
        }
    }

    private static Value<Object> unit(SyntaxNode argument, JavaClass in, JavaValues values) {
        return argument.is("field_access") && argument.text().startsWith("TimeUnit.")
                ? Value.known(argument.text("field"), argument.origin())
                : values.of(argument, in);
    }

    private static Optional<String> variable(SyntaxNode end) {
        return end.parent()
                .filter(up -> up.is("variable_declarator", "assignment_expression"))
                .map(up -> up.is("variable_declarator")
                        ? up.text("name")
                        : up.text("left").replace("this.", ""));
    }

    /** {@code option(DRIVER, "oracle")} with {@code option(MAX_SIZE, 20)}: only the driver {@code pool} reads the latter. */
    private static void options(SyntaxNode start, JavaClass in, JavaValues values, Consumer<Fact> facts) {
        List<BuilderChain.Link> links = BuilderChain.of(BuilderChain.end(start)).stream()
                .filter(link -> link.name().equals("option") && link.arguments().size() == 2)
                .toList();
        Optional<BuilderChain.Link> driver = links.stream()
                .filter(link -> link.arguments().get(0).text().matches("(.*\\.)?DRIVER"))
                .findFirst();
        Optional<Object> named =
                driver.flatMap(link -> values.of(link.arguments().get(1), in).single());
        if (named.isEmpty() || named.get().equals("pool")) {
            return;
        }
        for (BuilderChain.Link link : links) {
            String option = link.arguments().get(0).text();
            String simple = option.substring(option.lastIndexOf('.') + 1);
            if (R2DBC_OPTIONS.contains(simple)) {
                facts.accept(new IdleSetting(
                        simple,
                        link.arguments().get(1).text(),
                        "r2dbc-pool",
                        in.file().file().name() + "#"
                                + in.around(start).map(JavaMethod::name).orElse(in.name()),
                        "the driver is " + named.get() + ", which does not pool; only the driver pool reads " + simple,
                        "a connection of its own for each use",
                        List.of(new dev.poolwright.model.fleet.Step(
                                "driver " + named.get(),
                                driver.orElseThrow().node().origin())),
                        in.file().file().place(),
                        link.arguments().get(0).origin()));
            }
        }
    }
}
