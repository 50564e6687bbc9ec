package dev.poolwright.scan.python;

import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Service.Stack;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.python.Py.Arguments;
import dev.poolwright.scan.python.Py.Const;
import dev.poolwright.scan.python.Py.Dict;
import dev.poolwright.scan.python.Py.Missing;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code engine_from_config(settings, "sqlalchemy.")}: the settings are a dict of the program, or the sections of the INI files
 * that Pyramid and Paste hand over.
 */
final class EngineFromConfigReader implements Reader {

    private static final int MOST_INI_FILES = 6;

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return PoolInterest.of("engine_from_config");
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        PythonIndex index = project.view(PythonIndex.class, PythonIndex::of);
        Optional<PythonModule> module = index.module(file);
        if (module.isEmpty()) {
            return;
        }
        for (SyntaxNode call : PoolFacts.calls(
                module.get(), index, name -> name.startsWith("sqlalchemy") && name.endsWith("engine_from_config"))) {
            Evaluator evaluator =
                    project.view(PythonValues.class, PythonValues::of).evaluator();
            for (PoolSite site : new PoolSites(project, evaluator).of(call)) {
                facts.accept(engine(site, module.get(), project, evaluator));
            }
        }
    }

    private static Fact engine(PoolSite site, PythonModule module, Project project, Evaluator evaluator) {
        SyntaxNode call = site.call();
        boolean async = PoolFacts.callee(call, evaluator.index())
                .filter(name -> name.endsWith("async_engine_from_config"))
                .isPresent();
        Arguments arguments = evaluator.ask(site);
        String prefix =
                evaluator.ask(arguments.at(1, "prefix")) instanceof Const known && known.value() instanceof String text
                        ? text
                        : "sqlalchemy.";
        Map<String, Value<Object>> settings = new LinkedHashMap<>();
        Py url = new Missing();
        if (evaluator.ask(arguments.at(0, "configuration")) instanceof Dict dict) {
            for (Map.Entry<String, Py> one : dict.entries().entrySet()) {
                String key = one.getKey().startsWith(prefix) ? one.getKey().substring(prefix.length()) : "";
                if (SqlAlchemyReader.SETTINGS.contains(key)) {
                    PythonValues.asValue(evaluator.ask(one.getValue())).ifPresent(value -> settings.put(key, value));
                } else if (key.equals("url")) {
                    url = evaluator.ask(one.getValue());
                }
            }
        } else if (!module.imports("alembic")) {
            url = fromIniFiles(prefix, project, settings);
        }
        settings.putAll(PoolFacts.settings(arguments, evaluator, SqlAlchemyReader.SETTINGS::contains));
        Place place = module.imports("alembic") ? Place.MIGRATION : site.place();
        Stack stack = new Stack(
                async ? "asyncio" : "",
                "sqlalchemy",
                PoolFacts.version(project, module.file(), "sqlalchemy"),
                url instanceof Missing ? "" : DatabaseUrls.driver(url, async, evaluator),
                call.origin());
        return new DeclaredPool(
                site.name(),
                stack,
                PoolFacts.kind(evaluator.ask(arguments.at(-1, "poolclass")), call),
                settings,
                DatabaseUrls.masked(url, evaluator),
                site.scope(),
                place,
                call.origin());
    }

    /** Adds what INI files say under the prefix; gives the URL. */
    private static Py fromIniFiles(String prefix, Project project, Map<String, Value<Object>> settings) {
        Map<String, List<Value.Case<Object>>> found = new LinkedHashMap<>();
        List<Py.Option> urls = new ArrayList<>();
        List<SourceFile> files = project.tree().files().stream()
                .filter(file -> file.language() == Language.INI
                        && file.place() == Place.MAIN
                        && !file.fileName().equals("alembic.ini")
                        && !file.fileName().startsWith("test"))
                .filter(file -> project.text(file)
                        .filter(text -> text.text().contains(prefix))
                        .isPresent())
                .limit(MOST_INI_FILES)
                .toList();
        for (SourceFile file : files) {
            project.text(file)
                    .ifPresent(text -> lines(text, prefix).forEach((key, value) -> {
                        String condition = "with " + file.name();
                        if (key.equals("url")) {
                            urls.add(new Py.Option(condition, value));
                        } else if (SqlAlchemyReader.SETTINGS.contains(key)) {
                            Object plain = Text.number(String.valueOf(value.value()));
                            found.computeIfAbsent(key, name -> new ArrayList<>())
                                    .add(new Value.Case<>(condition, Value.known(plain, value.origin())));
                        }
                    }));
        }
        found.forEach((key, cases) -> settings.put(
                key,
                cases.size() == 1
                        ? cases.getFirst().value()
                        : new Value.OneOf<>(cases, cases.getFirst().value().origin())));
        return urls.isEmpty() ? new Missing() : Choices.of(urls);
    }

    /** The lines {@code prefix.key = value} of an INI file. */
    private static Map<String, Const> lines(SourceText text, String prefix) {
        Map<String, Const> found = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.text().split("\n", -1)) {
            number++;
            int equals = line.indexOf('=');
            if (line.startsWith(prefix) && equals > 0) {
                found.put(
                        line.substring(prefix.length(), equals).strip(),
                        new Const(
                                line.substring(equals + 1).strip(),
                                new Origin(text.file(), number, 1),
                                List.of(),
                                true));
            }
        }
        return found;
    }
}
