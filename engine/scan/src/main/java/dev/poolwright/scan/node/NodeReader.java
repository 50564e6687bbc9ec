package dev.poolwright.scan.node;

import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What the readers of JavaScript and TypeScript code share: the languages, and the module of a file. */
abstract class NodeReader implements Reader {

    static final Set<Language> LANGUAGES = EnumSet.of(Language.JAVASCRIPT, Language.TYPESCRIPT, Language.TSX);

    private final Interest interest;

    NodeReader(String... words) {
        this.interest = new Interest(LANGUAGES, NodeReader::isSource, List.of(words));
    }

    /** Bundles and type declarations are not what people wrote, or not what runs. */
    private static boolean isSource(SourceFile file) {
        String name = file.fileName();
        return !name.endsWith(".d.ts")
                && !name.endsWith(".min.js")
                && !file.name().contains("/dist/");
    }

    @Override
    public final Stage stage() {
        return Stage.CODE;
    }

    @Override
    public final Interest interest() {
        return interest;
    }

    @Override
    public final void read(SourceFile file, Project project, Consumer<Fact> facts) {
        NodeIndex.of(project).module(file).ifPresent(module -> {
            Map<String, DeclaredPool> pools = new LinkedHashMap<>();
            read(module, project, fact -> {
                if (fact instanceof DeclaredPool pool) {
                    pools.merge(pool.name(), pool, NodeReader::fuller);
                } else {
                    facts.accept(fact);
                }
            });
            pools.values().forEach(facts);
        });
    }

    /** Branches that fill the same variable make one pool between them: the one of which most is said. */
    private static DeclaredPool fuller(DeclaredPool one, DeclaredPool other) {
        return other.settings().size() > one.settings().size() ? other : one;
    }

    abstract void read(NodeModule module, Project project, Consumer<Fact> facts);
}
