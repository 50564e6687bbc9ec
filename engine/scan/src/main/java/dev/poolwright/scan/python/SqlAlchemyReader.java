package dev.poolwright.scan.python;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Service.Stack;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.python.Py.Arguments;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceText;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** SQLAlchemy's and SQLModel's engines: {@code create_engine} and {@code create_async_engine}, by whatever name. */
final class SqlAlchemyReader implements Reader {

    static final Set<String> SETTINGS = Set.of(
            "pool_size",
            "max_overflow",
            "pool_timeout",
            "pool_recycle",
            "pool_pre_ping",
            "pool_use_lifo",
            "pool_reset_on_return",
            "pool_events",
            "isolation_level",
            "prepared_statement_cache_size");

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return PoolInterest.of("create_engine", "create_async_engine");
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        PythonIndex index = project.view(PythonIndex.class, PythonIndex::of);
        Optional<PythonModule> module = index.module(file);
        if (module.isEmpty()) {
            return;
        }
        for (SyntaxNode call :
                PoolFacts.calls(module.get(), index, name -> !kindOfEngine(name).isEmpty())) {
            Evaluator evaluator =
                    project.view(PythonValues.class, PythonValues::of).evaluator();
            for (PoolSite site : new PoolSites(project, evaluator).of(call)) {
                facts.accept(engine(site, file, project, evaluator, facts));
            }
        }
    }

    /** {@code async}, {@code plain}, or empty. */
    private static String kindOfEngine(String dottedName) {
        if (!dottedName.startsWith("sqlalchemy.") && !dottedName.startsWith("sqlmodel.")) {
            return "";
        }
        return dottedName.endsWith(".create_async_engine")
                ? "async"
                : dottedName.endsWith(".create_engine") ? "plain" : "";
    }

    private static Fact engine(
            PoolSite site, SourceFile file, Project project, Evaluator evaluator, Consumer<Fact> facts) {
        SyntaxNode call = site.call();
        boolean async = PoolFacts.callee(call, evaluator.index())
                .map(name -> kindOfEngine(name).equals("async"))
                .orElse(false);
        Arguments arguments = evaluator.ask(site);
        SyntaxNode function = call.child("function").orElse(call);
        if (evaluator.value(function, site.frame()) instanceof Py.External partial
                && !partial.given().isEmpty()) {
            Map<String, Py> all = new java.util.LinkedHashMap<>(partial.given());
            all.putAll(arguments.named());
            arguments = new Arguments(arguments.positional(), all, arguments.nodes(), arguments.complete());
        }
        return told(
                new Engine(async, evaluator.ask(arguments.at(0, "url")), arguments),
                site,
                file,
                project,
                evaluator,
                facts);
    }

    /**
     * What one engine is made of.
     *
     * @param arguments its keyword arguments
     */
    record Engine(boolean async, Py url, Arguments arguments) {}

    /** The pool of an engine; its URL, where that is put together with parameters, goes to {@code facts}. */
    static Fact told(
            Engine engine, PoolSite site, SourceFile file, Project project, Evaluator evaluator, Consumer<Fact> facts) {
        Arguments arguments = engine.arguments();
        Py poolClass = evaluator.ask(arguments.at(-1, "poolclass"));
        Map<String, Value<Object>> settings = PoolFacts.settings(arguments, evaluator, SETTINGS::contains);
        PoolFacts.nested("connect_args", arguments, evaluator, settings);
        Py url = engine.url();
        built(url, site, project, evaluator, facts);
        Stack stack = new Stack(
                engine.async() ? "asyncio" : "",
                "sqlalchemy",
                PoolFacts.version(project, file, "sqlalchemy"),
                DatabaseUrls.driver(url, engine.async(), evaluator),
                site.call().origin());
        Value<String> kind = PoolFacts.kind(poolClass, site.call());
        return PoolFacts.pool(site, stack, kind, settings, DatabaseUrls.masked(url, evaluator));
    }

    /** URLs that are put together on the way, with parameters; those that stand in one text are read where they stand. */
    private static void built(Py url, PoolSite site, Project project, Evaluator evaluator, Consumer<Fact> facts) {
        Set<String> seen = new HashSet<>();
        for (Py.Option one : Choices.options(url)) {
            Origin origin = one.value() instanceof Py.Partial partial
                    ? partial.origin()
                    : one.value() instanceof Py.Made made ? made.call().origin() : Origin.NONE;
            Optional<SourceFile> file = project.file(origin.file());
            Optional<String> text = one.value() instanceof Py.Partial partial
                    ? Optional.of(partial.text())
                    : one.value() instanceof Py.Made made ? DatabaseUrls.built(made, evaluator) : Optional.empty();
            if (file.isEmpty()
                    || text.isEmpty()
                    || text.get().indexOf('?') < 0
                    || standsThere(file.get(), origin, project)) {
                continue;
            }
            if (seen.add(origin + text.get().substring(text.get().indexOf('?')).replaceAll("=[^&]*", ""))) {
                String usedBy = rewrites(file.get(), text.get(), project) ? "" : site.name();
                PythonUrlReader.fact(text.get(), usedBy, file.get(), origin).ifPresent(facts);
            }
        }
    }

    /** Whether the file that puts the URL together also takes one of its parameters out, or gives it another name. */
    private static boolean rewrites(SourceFile file, String url, Project project) {
        String text = project.text(file).map(SourceText::text).orElse("");
        return Arrays.stream(url.substring(url.indexOf('?') + 1).split("&", 20))
                .map(one -> one.replaceAll("=.*", ""))
                .filter(one -> one.matches("\\w{2,40}"))
                .anyMatch(one -> Pattern.compile(
                                "(replace|sub|pop|difference_update_query|remove|split)\\([^()\n]{0,20}" + one + "\\b")
                        .matcher(text)
                        .find());
    }

    private static boolean standsThere(SourceFile file, Origin origin, Project project) {
        return project.text(file)
                .map(text ->
                        text.text().lines().skip(origin.line() - 1L).findFirst().orElse(""))
                .filter(line -> line.length() >= origin.column())
                .filter(line -> PythonUrlReader.START
                        .matcher(line.substring(origin.column() - 1))
                        .matches())
                .isPresent();
    }
}
