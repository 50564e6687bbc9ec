package dev.poolwright.scan.python;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.IdleSetting;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Settings that plainly are a pool's, or a budget of connections, and that no code outside tests reads: every place of the tree that
 * has the word is one that only states it.
 */
final class IdlePythonSettingReader implements Reader {

    private static final Pattern POOL = Pattern.compile(
            "(?i)((db|database|sql|sqlalchemy|postgres|postgresql|pg|mysql|asyncpg|sqla)_(\\w+_)?)(pool_(size|max_size|min_size|timeout|recycle|pre_ping|max_overflow|overflow|max|min)|max_overflow|max_connections)");
    private static final Pattern BUDGET = Pattern.compile(
            "(?i)(\\w*(connection|connector|cloud_sql|pool|db|database)\\w*_capacity_(limit|buffer|margin)|capacity_safety_margin|\\w*connection_(budget|safety_margin)|\\w*pool_(budget|safety_margin))");
    private static final Pattern WHOLE_OBJECT = Pattern.compile(
            "model_dump|\\.dict\\(|asdict\\(|vars\\(|__dict__|from_object|getattr\\(|\\*\\*settings|__fields__|model_fields");
    /** A line that may state one; told from the text, because parsing takes longer. */
    private static final Pattern STATED = Pattern.compile(
            "(?m)^\\s*" + POOL.pattern() + "\\s*[:=]|^\\s*[\"']?" + BUDGET.pattern() + "[\"']?\\s*[:=]");

    private static final int MOST_FILES = 4;

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return PoolInterest.of(
                "POOL_SIZE",
                "pool_size",
                "POOL_TIMEOUT",
                "pool_timeout",
                "MAX_OVERFLOW",
                "max_overflow",
                "POOL_RECYCLE",
                "pool_recycle",
                "POOL_MAX",
                "pool_max",
                "capacity_limit",
                "capacity_buffer",
                "safety_margin",
                "CAPACITY_LIMIT",
                "SAFETY_MARGIN",
                "connection_budget");
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        boolean stated = project.text(file)
                .filter(text -> STATED.matcher(text.text()).find())
                .isPresent();
        Optional<PythonModule> module =
                stated ? project.view(PythonIndex.class, PythonIndex::of).module(file) : Optional.empty();
        if (module.isEmpty()) {
            return;
        }
        List<PythonScope> scopes = new ArrayList<>(List.of(module.get().scope()));
        module.get().classes().forEach(type -> scopes.add(type.body()));
        for (PythonScope scope : scopes) {
            for (String name : scope.names()) {
                boolean setting =
                        POOL.matcher(name).matches() || BUDGET.matcher(name).matches();
                List<PythonDefinition> definitions = scope.named(name);
                if (setting && definitions.stream().allMatch(PythonDefinition.Assignment.class::isInstance)) {
                    PythonDefinition.Assignment one = (PythonDefinition.Assignment) definitions.getFirst();
                    if (one.value().isPresent() && !wholeObject(module.get())) {
                        idle(name, one.target(), one.value().get(), file, project)
                                .ifPresent(facts);
                    }
                }
            }
        }
        for (SyntaxNode pair : module.get().root().all("pair").toList()) {
            String name = pair.child("key")
                    .filter(key -> key.is("string"))
                    .map(SyntaxNode::text)
                    .orElse("")
                    .replaceAll("[\"']", "");
            if (BUDGET.matcher(name).matches() && pair.child("value").isPresent()) {
                idle(name, pair, pair.child("value").get(), file, project).ifPresent(facts);
            }
        }
    }

    private static boolean wholeObject(PythonModule module) {
        return WHOLE_OBJECT.matcher(module.root().text()).find();
    }

    private static Optional<Fact> idle(
            String name, SyntaxNode where, SyntaxNode value, SourceFile file, Project project) {
        Identifiers identifiers = Identifiers.of(project);
        boolean pools = List.of("create_engine", "create_async_engine", "create_pool").stream()
                .anyMatch(word -> identifiers
                        .files(word, MOST_FILES)
                        .map(files -> !files.isEmpty())
                        .orElse(true));
        Optional<List<SourceFile>> files = identifiers.files(name, MOST_FILES);
        if (!pools || files.isEmpty()) {
            return Optional.empty();
        }
        PythonIndex index = project.view(PythonIndex.class, PythonIndex::of);
        List<Step> stated = new ArrayList<>();
        for (SourceFile one : files.get()) {
            Optional<PythonModule> module = index.module(one);
            if (module.isEmpty()) {
                return Optional.empty();
            }
            for (SyntaxNode node :
                    module.get().root().all("identifier", "string_content").toList()) {
                if (!holds(node, name)) {
                    continue;
                }
                if (!states(node)) {
                    return Optional.empty();
                }
                stated.add(new Step(Text.brief(node.parent().orElse(node)), node.origin()));
            }
        }
        return Optional.of(new IdleSetting(
                name,
                value.is("integer", "float", "true", "false", "string")
                        ? Text.brief(value).replaceAll("^[\"']|[\"']$", "")
                        : "",
                "",
                "",
                "no code outside tests reads " + name,
                "",
                stated.size() > 4 ? stated.subList(0, 4) : stated,
                file.place(),
                where.origin()));
    }

    private static boolean holds(SyntaxNode node, String name) {
        return node.is("identifier") ? node.text().equals(name) : Identifiers.countOf(node.text(), name) > 0;
    }

    /** Whether it is the left side of an assignment, a key of a dict literal, or in a docstring. */
    private static boolean states(SyntaxNode node) {
        if (node.is("string_content")) {
            Optional<SyntaxNode> string = node.parent();
            boolean docstring = string.flatMap(SyntaxNode::parent)
                    .filter(up -> up.is("expression_statement"))
                    .isPresent();
            boolean key = string.filter(one -> one.field().equals("key")).isPresent()
                    && string.flatMap(SyntaxNode::parent)
                            .filter(up -> up.is("pair"))
                            .isPresent();
            return docstring || key;
        }
        return node.field().equals("left")
                && node.parent().filter(up -> up.is("assignment")).isPresent();
    }
}
