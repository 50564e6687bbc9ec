package dev.poolwright.scan.python;

import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.DeclaredPool.Scope;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.IdleSetting;
import dev.poolwright.model.fleet.Service.Stack;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.python.Py.Dict;
import dev.poolwright.scan.python.Py.Missing;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Flask-SQLAlchemy's configuration keys, in a class, at the top of a module or as {@code app.config["…"]}. Before 3.0 each setting
 * has a key of its own; 3.0 reads {@code SQLALCHEMY_ENGINE_OPTIONS} alone (its change log).
 */
final class FlaskSqlAlchemyReader implements Reader {

    private static final Map<String, String> OLD_KEYS = Map.of(
            "SQLALCHEMY_POOL_SIZE", "pool_size",
            "SQLALCHEMY_MAX_OVERFLOW", "max_overflow",
            "SQLALCHEMY_POOL_TIMEOUT", "pool_timeout",
            "SQLALCHEMY_POOL_RECYCLE", "pool_recycle");
    private static final String OPTIONS = "SQLALCHEMY_ENGINE_OPTIONS";
    private static final String URI = "SQLALCHEMY_DATABASE_URI";

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return PoolInterest.of(OPTIONS, "SQLALCHEMY_POOL_", "SQLALCHEMY_MAX_OVERFLOW", URI);
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        PythonIndex index = project.view(PythonIndex.class, PythonIndex::of);
        Optional<PythonModule> module = index.module(file);
        if (module.isEmpty() || !isFlask(project)) {
            return;
        }
        Evaluator evaluator = project.view(PythonValues.class, PythonValues::of).evaluator();
        Optional<PythonScope> scope = Stream.concat(
                        Stream.of(module.get().scope()),
                        module.get().classes().stream().map(PythonClass::body))
                .filter(one -> Stream.concat(Stream.of(OPTIONS, URI), OLD_KEYS.keySet().stream())
                        .anyMatch(key -> !one.named(key).isEmpty()))
                .max(java.util.Comparator.comparingInt(FlaskSqlAlchemyReader::rank));
        if (scope.isPresent()) {
            Map<String, Py> values = new LinkedHashMap<>();
            for (String key : scope.get().names()) {
                if (key.startsWith("SQLALCHEMY_")) {
                    values.put(
                            key,
                            evaluator.ask(Flow.value(
                                    evaluator, Frame.TOP, scope.get(), key, new Missing(), Optional.empty())));
                }
            }
            SyntaxNode where = Stream.concat(Stream.of(OPTIONS, URI), OLD_KEYS.keySet().stream())
                    .flatMap(key -> scope.get().named(key).stream())
                    .map(PythonDefinition::node)
                    .findFirst()
                    .orElse(scope.get().node());
            pool(file, project, values, where, evaluator, facts);
        } else {
            Map<String, Py> values = new LinkedHashMap<>();
            Optional<SyntaxNode> where = Optional.empty();
            for (SyntaxNode left : module.get().root().all("subscript").toList()) {
                boolean assigned =
                        left.field().equals("left") && left.text("value").endsWith("config");
                String key =
                        left.child("subscript").map(SyntaxNode::text).orElse("").replaceAll("[\"']", "");
                if (assigned && key.startsWith("SQLALCHEMY_")) {
                    Optional<SyntaxNode> right = left.parent().flatMap(up -> up.child("right"));
                    right.ifPresent(value -> values.put(key, evaluator.value(value, evaluator.around(value))));
                    where = where.isPresent() ? where : Optional.of(left);
                }
            }
            if (where.isPresent()) {
                pool(file, project, values, where.get(), evaluator, facts);
            }
        }
    }

    /** Of several configuration classes the one for production counts, not the one for tests. */
    private static int rank(PythonScope scope) {
        String name = scope.isModule() ? "" : scope.node().text("name").toLowerCase(Locale.ROOT);
        return name.contains("prod")
                ? 3
                : name.contains("test") ? 0 : name.contains("dev") || name.contains("local") ? 1 : 2;
    }

    private static boolean isFlask(Project project) {
        return Identifiers.of(project)
                .files("flask_sqlalchemy", 8)
                .map(files -> !files.isEmpty())
                .orElse(true);
    }

    private static void pool(
            SourceFile file,
            Project project,
            Map<String, Py> values,
            SyntaxNode where,
            Evaluator evaluator,
            Consumer<Fact> facts) {
        String name = file.name() + "#" + OPTIONS;
        String flask = PoolFacts.version(project, file, "flask-sqlalchemy");
        boolean oldKeys = !flask.matches("([3-9]|\\d\\d)(\\..*)?");
        Map<String, Value<Object>> settings = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            String setting = OLD_KEYS.get(key);
            if (setting != null) {
                PythonValues.asValue(value).ifPresent(known -> {
                    if (oldKeys) {
                        settings.put(setting, known);
                    } else {
                        facts.accept(new IdleSetting(
                                key,
                                known.single().map(String::valueOf).orElse(""),
                                "flask-sqlalchemy",
                                name,
                                "Flask-SQLAlchemy reads " + OPTIONS + " alone since 3.0; this tree depends on " + flask,
                                "",
                                List.of(new Step(key, known.origin())),
                                file.place(),
                                known.origin()));
                    }
                });
            }
        });
        Py poolClass = new Missing();
        if (values.getOrDefault(OPTIONS, new Missing()) instanceof Dict options) {
            for (Map.Entry<String, Py> one : options.entries().entrySet()) {
                Py value = evaluator.ask(one.getValue());
                if (SqlAlchemyReader.SETTINGS.contains(one.getKey())) {
                    PythonValues.asValue(value).ifPresent(known -> settings.put(one.getKey(), known));
                } else if (one.getKey().equals("poolclass")) {
                    poolClass = value;
                }
            }
        }
        Py url = values.getOrDefault(URI, new Missing());
        Stack stack = new Stack(
                "",
                "sqlalchemy",
                PoolFacts.version(project, file, "sqlalchemy"),
                url instanceof Missing ? "" : DatabaseUrls.driver(url, false, evaluator),
                where.origin());
        facts.accept(new DeclaredPool(
                name,
                stack,
                PoolFacts.kind(poolClass, where),
                settings,
                DatabaseUrls.masked(url, evaluator),
                Scope.PROCESS,
                file.place(),
                where.origin()));
    }
}
