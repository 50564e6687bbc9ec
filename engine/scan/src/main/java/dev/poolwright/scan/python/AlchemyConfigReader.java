package dev.poolwright.scan.python;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.python.Py.Arguments;
import dev.poolwright.scan.python.Py.Missing;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The engines that Advanced Alchemy makes from {@code SQLAlchemyAsyncConfig} and {@code SQLAlchemySyncConfig}, one for each.
 * A configuration that is given an engine makes none.
 */
final class AlchemyConfigReader implements Reader {

    private static final Pattern CONFIG =
            Pattern.compile("(?:advanced_alchemy|litestar)\\.(?:.+\\.)?SQLAlchemy(Async|Sync)Config");

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return PoolInterest.of("SQLAlchemyAsyncConfig", "SQLAlchemySyncConfig");
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        PythonIndex index = project.view(PythonIndex.class, PythonIndex::of);
        Optional<PythonModule> module = index.module(file);
        if (module.isEmpty()) {
            return;
        }
        for (SyntaxNode call : PoolFacts.calls(
                module.get(), index, name -> CONFIG.matcher(name).matches())) {
            Evaluator evaluator =
                    project.view(PythonValues.class, PythonValues::of).evaluator();
            for (PoolSite site : new PoolSites(project, evaluator).of(call)) {
                engine(site, file, project, evaluator, facts);
            }
        }
    }

    private static void engine(
            PoolSite site, SourceFile file, Project project, Evaluator evaluator, Consumer<Fact> facts) {
        Arguments config = evaluator.ask(site);
        boolean given = config.named().containsKey("engine_instance");
        if (given || !config.named().containsKey("connection_string")) {
            return; // the engine is read where it is made; without either of the two none is made
        }
        boolean async = PoolFacts.callee(site.call(), evaluator.index())
                .filter(name -> name.endsWith("AsyncConfig"))
                .isPresent();
        Py options = evaluator.ask(config.at(-1, "engine_config"));
        SqlAlchemyReader.Engine engine = new SqlAlchemyReader.Engine(
                async, evaluator.ask(config.at(-1, "connection_string")), arguments(options, site));
        facts.accept(SqlAlchemyReader.told(engine, site, file, project, evaluator, facts));
    }

    private static Arguments arguments(Py options, PoolSite site) {
        if (options instanceof Py.Made made && made.dottedName().endsWith("EngineConfig")) {
            return made.arguments();
        }
        if (options instanceof Missing) {
            return named(Map.of());
        }
        Py unknown = Py.unknown("an engine_config that is not written out", site.call());
        return named(Map.of("pool_size", unknown, "max_overflow", unknown));
    }

    private static Arguments named(Map<String, Py> entries) {
        return new Arguments(List.of(), entries, Map.of(), true);
    }
}
