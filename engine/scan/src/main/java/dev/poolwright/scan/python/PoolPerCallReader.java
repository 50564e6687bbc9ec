package dev.poolwright.scan.python;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds engines and pools that a function makes for itself each time it is called and never disposes of, a constructor too where
 * its objects are made in functions that do not keep them. Quiet where the function keeps the pool anywhere, returns it, or runs
 * at start-up.
 */
final class PoolPerCallReader implements Reader {

    static final Pattern AT_START = Pattern.compile("(?i)_*(init|setup|set_up|configure|start|on_start|lifespan|"
            + "create_app|make_app|app_factory|main|run_|bootstrap|initiali[sz]e|connect|open|wait_for|create_database|"
            + "drop_database|create_db|ensure_|check_|test_|migrate|upgrade|downgrade|seed|reset_|provision).*");

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return ShapeFiles.with(List.of("create_engine", "create_async_engine", "create_pool", "ConnectionPool"))
                .beside(Stream.concat(
                                Stream.of("create_engine", "create_async_engine"), DriverPoolReader.IMPORTS.stream())
                        .toList());
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Handles handles = project.view(Handles.class, Handles::of);
        Optional<PythonModule> module = handles.index().module(file);
        if (module.isEmpty() || ShapeFiles.isScript(module.get())) {
            return;
        }
        for (PythonFunction function : module.get().functions()) {
            boolean constructor = function.name().equals("__init__");
            if ((!constructor && AT_START.matcher(function.name()).matches())
                    || Handles.isCached(function)
                    || isFixture(function)
                    || calledAtTop(function, module.get(), handles)
                    || isPartOfSetup(function, module.get(), handles)) {
                continue;
            }
            OwnCode.body(function.node(), "assignment")
                    .filter(one -> one.child("left")
                            .filter(left -> left.is("identifier"))
                            .isPresent())
                    .filter(one -> makes(one, handles))
                    .filter(one -> !leaves(one, function))
                    .filter(one -> !constructor || ConstructedPerCall.is(function, project))
                    .forEach(one -> report(one, function, file, facts));
        }
    }

    /** Whether the right side makes an engine or a pool here, one that keeps connections. */
    private static boolean makes(SyntaxNode assignment, Handles handles) {
        Optional<SyntaxNode> call = assignment
                .child("right")
                .map(one -> one.is("await") ? one.children().get(0) : one)
                .filter(one -> one.is("call"));
        Optional<Handle> handle = call.flatMap(handles::of)
                .filter(one -> one.is(Handle.Kind.ENGINE, Handle.Kind.POOL))
                .filter(one -> one.made() == call.get() && one.pooled());
        boolean memory = call.map(SyntaxNode::text).orElse("").contains("sqlite");
        return handle.isPresent() && !memory;
    }

    /** Whether the function disposes of it, keeps it or gives it to somebody; {@code bind=} of a local session is none of that. */
    private static boolean leaves(SyntaxNode assignment, PythonFunction function) {
        String name = assignment.text("left");
        String text = function.node().text();
        boolean disposed = text.contains(name + ".dispose(")
                || text.contains(name + ".close(")
                || text.contains(name + ".sync_engine.dispose(")
                || text.contains("NullPool")
                || text.contains("StaticPool")
                || text.contains("sqlite");
        boolean declared = OwnCode.body(function.node(), "global_statement", "nonlocal_statement")
                .anyMatch(one ->
                        one.children().stream().anyMatch(child -> child.text().equals(name)));
        return disposed
                || declared
                || OwnCode.yields(function.node())
                || function.body().stream()
                        .flatMap(SyntaxNode::all)
                        .filter(one ->
                                one.is("identifier") && one.text().equals(name) && one.start() > assignment.end())
                        .anyMatch(one -> escapes(one, function));
    }

    private static boolean escapes(SyntaxNode use, PythonFunction function) {
        SyntaxNode up = use.parent().orElse(use);
        if (use.above("function_definition", "lambda")
                .filter(one -> one != function.node())
                .isPresent()) {
            return true;
        }
        if (up.is(
                "return_statement", "assignment", "tuple", "list", "dictionary", "pair", "expression_list", "yield")) {
            return !(up.is("assignment") && use.field().equals("left"));
        }
        if (!up.is("argument_list", "keyword_argument")) {
            return false;
        }
        // a session or session maker over it is as local as the name that it gets
        Optional<SyntaxNode> call = use.above("call");
        String called = call.map(one -> one.text("function")).orElse("");
        String last = called.substring(called.lastIndexOf('.') + 1);
        boolean session = last.matches("Session|AsyncSession|sessionmaker|async_sessionmaker|create_all|inspect|reflect"
                + "|read_sql|read_sql_query|to_sql|read_sql_table");
        boolean kept = call.flatMap(one -> one.above("return_statement", "assignment", "block"))
                .filter(one -> one.is("return_statement")
                        || (one.is("assignment")
                                && !one.child("left")
                                        .filter(left -> left.is("identifier"))
                                        .isPresent()))
                .isPresent();
        return !session || kept;
    }

    private static boolean isFixture(PythonFunction function) {
        return function.decorators().stream()
                .anyMatch(one -> OwnCode.decoratorName(one).matches(".*(fixture|command|cli|click|on_event|typer).*"));
    }

    /** Whether the module calls the function itself when it is imported: then it makes one for the process. */
    private static boolean calledAtTop(PythonFunction function, PythonModule module, Handles handles) {
        return OwnCode.of(module.root(), "call")
                .anyMatch(call -> call.child("function")
                        .filter(one -> one.is("identifier", "attribute"))
                        .filter(one -> one.text().endsWith(function.name()))
                        .flatMap(handles::target)
                        .filter(one -> one == function)
                        .isPresent());
    }

    /** Whether each caller in the module keeps something for the process: {@code global engine}. That runs once. */
    private static boolean isPartOfSetup(PythonFunction function, PythonModule module, Handles handles) {
        List<PythonFunction> callers = module.functions().stream()
                .filter(one -> one != function
                        && OwnCode.body(one.node(), "call")
                                .anyMatch(call -> call.child("function")
                                        .filter(called -> called.is("identifier"))
                                        .filter(called -> called.text().equals(function.name()))
                                        .flatMap(handles::target)
                                        .filter(target -> target == function)
                                        .isPresent()))
                .toList();
        return !callers.isEmpty()
                && callers.stream()
                        .allMatch(one -> OwnCode.body(one.node(), "global_statement")
                                .findAny()
                                .isPresent());
    }

    private static void report(SyntaxNode assignment, PythonFunction function, SourceFile file, Consumer<Fact> facts) {
        SyntaxNode made = assignment.child("right").orElse(assignment);
        facts.accept(new CodeShape(
                Shape.POOL_PER_CALL,
                ShapeFiles.subject(function),
                HoldCalls.shorten(made.is("await") ? made.children().get(0) : made) + " in each call of "
                        + (function.name().equals("__init__") ? ShapeFiles.subject(function) : function.name())
                        + ", never disposed of",
                file.name() + "#" + function.qualifiedName(),
                true,
                List.of(new Step("made by each call", made.origin())),
                file.place(),
                made.origin()));
    }
}
