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

/** Finds loops that connect again at once when a connect fails, and starts that give up after one try. */
final class ConnectPauseReader implements Reader {

    private static final Pattern PAUSE = Pattern.compile("sleep|wait|backoff|delay|retry_after");
    private static final Pattern LEAVES = Pattern.compile("\\b(raise|break|return|exit)\\b");
    private static final Pattern ENDS = Pattern.compile("(sys\\.exit|os\\._exit|raise SystemExit)\\(");

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return ShapeFiles.with(List.of("psycopg", "asyncpg", "create_engine", "create_pool", "pymysql"))
                .beside(List.of(".connect(", "create_pool"))
                .beside(List.of("while True", "exit(", "SystemExit"));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Handles handles = project.view(Handles.class, Handles::of);
        boolean connects =
                project.text(file).filter(text -> speaksOfBoth(text.text())).isPresent();
        Optional<PythonModule> module = connects ? handles.index().module(file) : Optional.empty();
        if (module.isEmpty() || ShapeFiles.isScript(module.get())) {
            return;
        }
        for (PythonFunction function : module.get().functions()) {
            OwnCode.body(function.node(), "try_statement")
                    .forEach(attempt -> attempt.child("body")
                            .flatMap(body -> connect(body, handles))
                            .ifPresent(connect -> judge(attempt, connect, function, file, facts)));
        }
    }

    /** Cheap test before the file is parsed. */
    private static boolean speaksOfBoth(String text) {
        return (text.contains(".connect(") || text.contains("create_pool"))
                && (text.contains("while True") || text.contains("exit(") || text.contains("SystemExit"));
    }

    private static Optional<SyntaxNode> connect(SyntaxNode body, Handles handles) {
        return OwnCode.of(body, "call")
                .filter(call -> {
                    SyntaxNode called = call.child("function").orElse(call);
                    String external = called.is("identifier", "attribute")
                            ? handles.index().externalName(called)
                            : "";
                    return external.matches(
                                    "(psycopg2?|asyncpg|pymysql|MySQLdb)\\.connect|asyncpg\\.create_pool|aiopg\\.create_pool")
                            || (external.isEmpty()
                                    && called.text().endsWith(".connect")
                                    && handles.of(call)
                                            .filter(one -> one.is(Handle.Kind.CONNECTION))
                                            .isPresent());
                })
                .findFirst();
    }

    private static void judge(
            SyntaxNode attempt, SyntaxNode connect, PythonFunction function, SourceFile file, Consumer<Fact> facts) {
        Optional<SyntaxNode> loop = attempt.above("while_statement", "for_statement", "function_definition")
                .filter(one -> !one.is("function_definition"));
        Optional<SyntaxNode> handler = attempt.first("except_clause");
        if (handler.isEmpty()) {
            return;
        }
        String caught = handler.get().text();
        if (loop.isPresent()) {
            boolean endless = loop.get().is("while_statement")
                    && loop.get().text("condition").matches("True|1");
            boolean pauses = PAUSE.matcher(loop.get().text()).find();
            boolean leaves = LEAVES.matcher(caught).find();
            if (endless && !pauses && !leaves) {
                report(
                        "connects again without any pause when it fails",
                        true,
                        connect,
                        handler.get(),
                        function,
                        file,
                        facts);
            }
        } else if (ENDS.matcher(caught).find()
                && function.name().matches("(?i).*(start|init|lifespan|setup|connect|bootstrap|main).*")) {
            report("one failed connect ends the process", false, connect, handler.get(), function, file, facts);
        }
    }

    private static void report(
            String what,
            boolean certain,
            SyntaxNode connect,
            SyntaxNode handler,
            PythonFunction function,
            SourceFile file,
            Consumer<Fact> facts) {
        facts.accept(new CodeShape(
                Shape.NO_PAUSE_BETWEEN_CONNECTS,
                ShapeFiles.subject(function),
                what,
                "",
                certain,
                List.of(
                        new Step("connect " + HoldCalls.shorten(connect), connect.origin()),
                        new Step("when it fails", handler.origin())),
                file.place(),
                connect.origin()));
    }
}
