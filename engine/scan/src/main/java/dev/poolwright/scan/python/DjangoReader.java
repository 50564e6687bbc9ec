package dev.poolwright.scan.python;

import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.DeclaredPool.Scope;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Service.Stack;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.python.Py.Const;
import dev.poolwright.scan.python.Py.Dict;
import dev.poolwright.scan.python.Py.Made;
import dev.poolwright.scan.python.Py.Missing;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Django's {@code DATABASES}: one pool for each alias of each settings module that binds the name itself. Without
 * {@code OPTIONS["pool"]} there is no pool but one connection for each thread, kept for {@code CONN_MAX_AGE} seconds.
 */
final class DjangoReader implements Reader {

    private static final List<String> URL_READERS = List.of(
            "dj_database_url.config",
            "dj_database_url.parse",
            "environ.Env.db",
            "environ.Env.db_url",
            "environs.Env.dj_db_url");

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return PoolInterest.of("DATABASES =", "DATABASES=", "DATABASES:", "DATABASES[", "DATABASES.")
                .beside(List.of(
                        "'ENGINE'",
                        "\"ENGINE\"",
                        "dj_database_url",
                        "env.db",
                        "CONN_MAX_AGE",
                        "OPTIONS",
                        "DATABASES[",
                        "django"));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Optional<PythonModule> module =
                project.view(PythonIndex.class, PythonIndex::of).module(file);
        Optional<PythonDefinition> bound = module.stream()
                .flatMap(one -> one.scope().named("DATABASES").stream())
                .filter(PythonDefinition.Assignment.class::isInstance)
                .findFirst();
        boolean changed =
                module.isPresent() && !module.get().scope().touched("DATABASES").isEmpty();
        if (module.isEmpty() || (bound.isEmpty() && !changed)) {
            return;
        }
        Evaluator evaluator = project.view(PythonValues.class, PythonValues::of).evaluator();
        SyntaxNode where = bound.map(PythonDefinition::node)
                .orElseGet(() -> module.get().scope().touched("DATABASES").getFirst());
        Py start = bound.isPresent() ? new Missing() : evaluator.imported(module.get(), "DATABASES");
        Py databases = Flow.value(evaluator, Frame.TOP, module.get().scope(), "DATABASES", start, Optional.empty());
        Map<String, List<Py.Option>> aliases = new LinkedHashMap<>();
        for (Py.Option option : Choices.options(databases)) {
            if (option.value() instanceof Dict dict) {
                dict.entries()
                        .forEach((alias, value) -> aliases.computeIfAbsent(alias, key -> new java.util.ArrayList<>())
                                .add(new Py.Option(option.condition(), evaluator.ask(value))));
            }
        }
        aliases.forEach((alias, values) -> {
            Py one = Choices.of(values);
            for (Py.Option option : Choices.options(one)) {
                alias(alias, option.value(), where, file, project, evaluator).ifPresent(facts);
            }
        });
    }

    private static Optional<Fact> alias(
            String alias, Py value, SyntaxNode where, SourceFile file, Project project, Evaluator evaluator) {
        Map<String, Value<Object>> settings = new LinkedHashMap<>();
        String engine = "";
        Value<String> url = Value.unknown("the database is not seen", "DATABASES[" + alias + "]");
        Origin origin = where.origin();
        if (value instanceof Dict dict) {
            // what a second module makes of the first one's is said where it does so
            origin = dict.origin().file().equals(file.name()) ? dict.origin() : where.origin();
            engine = text(dict, "ENGINE", evaluator);
            if (engine.isEmpty() && dict.entries().isEmpty()) {
                return Optional.empty();
            }
            put(settings, "CONN_MAX_AGE", dict, evaluator);
            put(settings, "CONN_HEALTH_CHECKS", dict, evaluator);
            put(settings, "ATOMIC_REQUESTS", dict, evaluator);
            put(settings, "DISABLE_SERVER_SIDE_CURSORS", dict, evaluator);
            pool(dict, settings, evaluator);
            if (!engine.isEmpty()) {
                String host = text(dict, "HOST", evaluator);
                url = Value.known(
                        scheme(engine) + "://" + (host.isEmpty() ? "{HOST}" : host) + "/{NAME}", dict.origin());
            }
        } else if (value instanceof Made made && URL_READERS.contains(made.dottedName())) {
            origin = made.call().origin();
            Map<String, String> names =
                    Map.of("conn_max_age", "CONN_MAX_AGE", "conn_health_checks", "CONN_HEALTH_CHECKS");
            names.forEach((from, to) -> PythonValues.asValue(
                            evaluator.ask(made.arguments().at(-1, from)))
                    .ifPresent(known -> settings.put(to, known)));
            if ((made.dottedName().equals("dj_database_url.config")
                            && !made.arguments().positional().isEmpty())
                    || made.arguments().named().containsKey("default")) {
                url = DatabaseUrls.masked(evaluator.ask(made.arguments().at(0, "default")), evaluator);
            }
            engine = url.single()
                    .map(one -> one.startsWith("sqlite") ? "sqlite3" : "")
                    .orElse("");
        } else {
            return Optional.empty();
        }
        String driver = engine.contains("postg")
                ? driver(project, file)
                : engine.contains("mysql") ? "mysqldb" : engine.contains("sqlite") ? "pysqlite" : "";
        Stack stack = new Stack("", "django", PoolFacts.version(project, file, "django"), driver, origin);
        return Optional.of(new DeclaredPool(
                file.name() + "#DATABASES." + alias,
                stack,
                Value.known("", origin),
                settings,
                url,
                Scope.PROCESS,
                file.place(),
                origin));
    }

    private static String driver(Project project, SourceFile file) {
        if (!PoolFacts.version(project, file, "psycopg").isEmpty()) {
            return "psycopg";
        }
        return PoolFacts.version(project, file, "psycopg2").isEmpty()
                        && PoolFacts.version(project, file, "psycopg2-binary").isEmpty()
                ? ""
                : "psycopg2";
    }

    private static void put(Map<String, Value<Object>> settings, String key, Dict dict, Evaluator evaluator) {
        Py value = evaluator.ask(dict.entries().getOrDefault(key, new Missing()));
        if (value instanceof Const known && known.isNone()) {
            settings.put(key, Value.known("None", known.origin(), known.trail())); // kept for ever
        } else {
            PythonValues.asValue(value).ifPresent(known -> settings.put(key, known));
        }
    }

    /** {@code OPTIONS["pool"]}: true, or psycopg_pool's arguments. */
    private static void pool(Dict dict, Map<String, Value<Object>> settings, Evaluator evaluator) {
        if (!(evaluator.ask(dict.entries().getOrDefault("OPTIONS", new Missing())) instanceof Dict options)) {
            return;
        }
        Py pool = evaluator.ask(options.entries().getOrDefault("pool", new Missing()));
        if (pool instanceof Dict arguments) {
            settings.put("OPTIONS.pool", Value.known(true, arguments.origin()));
            arguments
                    .entries()
                    .forEach((key, value) -> PythonValues.asValue(evaluator.ask(value))
                            .ifPresent(known -> settings.put("OPTIONS.pool." + key, known)));
        } else {
            PythonValues.asValue(pool).ifPresent(known -> settings.put("OPTIONS.pool", known));
        }
    }

    private static String text(Dict dict, String key, Evaluator evaluator) {
        return evaluator.ask(dict.entries().getOrDefault(key, new Missing())) instanceof Const known
                        && known.value() instanceof String text
                ? text
                : "";
    }

    private static String scheme(String engine) {
        return engine.contains("postg")
                ? "postgresql"
                : engine.contains("mysql") ? "mysql" : engine.contains("sqlite") ? "sqlite" : "database";
    }
}
