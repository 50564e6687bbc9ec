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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds Celery tasks that start an event loop of their own in each run and there use an async engine of the whole process: its
 * pooled connections belong to the loop of an earlier run.
 */
final class SharedByLoopsReader implements Reader {

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return ShapeFiles.with(List.of("asyncio.run(", "run_until_complete", "async_to_sync"))
                .beside(List.of("task"));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Handles handles = project.view(Handles.class, Handles::of);
        Optional<PythonModule> module = project.text(file)
                .filter(text -> text.text().contains("task"))
                .flatMap(text -> handles.index().module(file));
        if (module.isEmpty()) {
            return;
        }
        for (PythonFunction function : module.get().functions()) {
            if (isTask(function)) {
                OwnCode.body(function.node(), "call")
                        .filter(call -> call.text("function").matches("asyncio\\.run|.*\\.run_until_complete"))
                        .forEach(call -> run(call, function, handles, file, facts));
            }
        }
    }

    private static boolean isTask(PythonFunction function) {
        return function.decorators().stream()
                .map(OwnCode::decoratorName)
                .anyMatch(name ->
                        name.matches("shared_task|(celery|celery_app|app|queue|worker)\\.task|.*celery.*\\.task"));
    }

    private static void run(
            SyntaxNode run, PythonFunction function, Handles handles, SourceFile file, Consumer<Fact> facts) {
        Optional<PythonFunction> inner = OwnCode.positional(run).stream()
                .filter(one -> one.is("call"))
                .flatMap(one -> one.child("function").flatMap(handles::target).stream())
                .findFirst();
        if (inner.isEmpty()) {
            return;
        }
        List<Step> steps = new ArrayList<>();
        List<String> pools = new ArrayList<>();
        HoldWatcher watcher = new HoldWatcher() {
            @Override
            public void borrowed(List<Step> hops, Hold hold) {
                boolean shared = hold.handle().async()
                        && hold.handle().pooled()
                        && hold.handle().pool().contains("#");
                if (pools.isEmpty() && !hold.given() && shared) {
                    pools.add(hold.handle().pool());
                    steps.addAll(hold.steps());
                }
            }
        };
        new HoldFlow(HoldCalls.everywhere(handles, watcher, inner.get()))
                .function(inner.get().node(), HoldState.EMPTY);
        boolean disposes = function.node().text().contains("dispose(")
                || inner.get().node().text().contains("dispose(");
        if (!pools.isEmpty() && !disposes) {
            steps.add(0, new Step("a loop of its own for each run: " + HoldCalls.shorten(run), run.origin()));
            facts.accept(new CodeShape(
                    Shape.SHARED_BY_LOOPS,
                    ShapeFiles.subject(function),
                    "each run of the task starts a loop and uses the async engine of the process",
                    pools.get(0),
                    true,
                    steps,
                    file.place(),
                    run.origin()));
        }
    }
}
