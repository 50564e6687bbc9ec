package dev.poolwright.scan.python;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds a pool that is disposed of in the child of a fork: gunicorn's hooks, Celery's signals, {@code os.register_at_fork},
 * uWSGI's {@code postfork}.
 */
final class AfterForkReader implements Reader {

    private static final String HOOKS = "post_fork|post_worker_init";
    private static final String SIGNALS = ".*(worker_process_init|worker_init|postfork).*";

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return Interest.in(
                Language.PYTHON,
                "register_at_fork",
                "def post_fork",
                "def post_worker_init",
                "worker_process_init",
                "uwsgidecorators");
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Handles handles = project.view(Handles.class, Handles::of);
        Optional<PythonModule> module = handles.index().module(file);
        if (module.isEmpty()) {
            return;
        }
        Stream<SyntaxNode> hooks = module.get().functions().stream()
                .filter(function -> function.name().matches(HOOKS)
                        || function.decorators().stream()
                                .anyMatch(one -> one.text().matches(SIGNALS)))
                .map(PythonFunction::node);
        Stream<SyntaxNode> atFork = module.get()
                .root()
                .all("keyword_argument")
                .filter(one -> one.text("name").equals("after_in_child"))
                .flatMap(one -> one.child("value").stream())
                .map(value -> handles.target(value).map(PythonFunction::node).orElse(value));
        Stream.concat(hooks, atFork)
                .flatMap(hook -> disposing(hook, handles).stream())
                .distinct()
                .forEach(call -> report(call, file, facts));
    }

    /** What it calls to let go of a pool, itself or one function further. */
    private static Optional<SyntaxNode> disposing(SyntaxNode hook, Handles handles) {
        if (isDisposing(hook)) {
            return Optional.of(hook); // given as it is: after_in_child=engine.dispose
        }
        return hook.all("call", "attribute")
                .filter(one -> isDisposing(one.child("function").orElse(one)))
                .findFirst()
                .or(() -> hook.all("call")
                        .flatMap(call -> call.child("function").flatMap(handles::target).stream())
                        .flatMap(called -> called.node().all("attribute"))
                        .filter(AfterForkReader::isDisposing)
                        .findFirst());
    }

    private static boolean isDisposing(SyntaxNode called) {
        return called.is("attribute") && called.text("attribute").equals("dispose");
    }

    private static void report(SyntaxNode call, SourceFile file, Consumer<Fact> facts) {
        facts.accept(new CodeShape(
                Shape.DISPOSED_AFTER_FORK,
                file.name(),
                "disposed of in the child",
                "",
                true,
                List.of(new Step("disposed of after the fork", call.origin())),
                file.place(),
                call.origin()));
    }
}
