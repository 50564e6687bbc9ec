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
import java.util.regex.Pattern;

/** Finds {@code gather} over as many tasks as there are items, where each task borrows a connection of its own. */
final class UnboundedCallersReader implements Reader {

    private static final Pattern BOUNDS =
            Pattern.compile("(?i)semaphore|limiter|batch|chunk|max_concurren|concurrency|_sem\\b|\\bsem\\b");

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return ShapeFiles.with(List.of("asyncio.gather", "gather(*"));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Handles handles = project.view(Handles.class, Handles::of);
        Optional<PythonModule> module = handles.index().module(file);
        if (module.isEmpty() || ShapeFiles.isScript(module.get())) {
            return;
        }
        for (PythonFunction function : module.get().functions()) {
            OwnCode.body(function.node(), "call")
                    .filter(call -> call.child("function")
                            .map(handles.index()::externalName)
                            .orElse("")
                            .equals("asyncio.gather"))
                    .forEach(call -> gather(call, function, handles, file, facts));
        }
    }

    private static void gather(
            SyntaxNode gather, PythonFunction function, Handles handles, SourceFile file, Consumer<Fact> facts) {
        Optional<SyntaxNode> tasks = OwnCode.positional(gather).stream()
                .filter(one -> one.is("list_splat"))
                .flatMap(one -> one.children().stream().limit(1))
                .findFirst()
                .map(one -> written(one, handles))
                .filter(one -> one.is("list_comprehension", "generator_expression", "set_comprehension"));
        if (tasks.isEmpty() || bounded(function.node().text())) {
            return;
        }
        Optional<SyntaxNode> source = tasks.get().first("for_in_clause").flatMap(one -> one.child("right"));
        Optional<SyntaxNode> each = tasks.get().child("body").filter(one -> one.is("call"));
        Optional<PythonFunction> task = each.flatMap(one -> one.child("function"))
                .flatMap(handles::target)
                .filter(PythonFunction::async)
                .filter(one -> !bounded(one.node().text()));
        if (task.isEmpty() || source.isEmpty() || fewItems(source.get(), handles)) {
            return;
        }
        List<Step> steps = new ArrayList<>();
        List<String> pools = new ArrayList<>();
        HoldWatcher watcher = new HoldWatcher() {
            @Override
            public void borrowed(List<Step> hops, Hold hold) {
                if (pools.isEmpty()
                        && !hold.given()
                        && hold.handle().pooled()
                        && !hold.handle().is(Handle.Kind.REGISTRY, Handle.Kind.ATOMIC)) {
                    pools.add(hold.handle().pool());
                    steps.addAll(hold.steps());
                }
            }
        };
        new HoldFlow(HoldCalls.everywhere(handles, watcher, task.get()))
                .function(task.get().node(), HoldState.EMPTY);
        if (pools.isEmpty()) {
            return;
        }
        steps.add(0, new Step("one task for each of " + HoldCalls.shorten(source.get()), gather.origin()));
        facts.accept(new CodeShape(
                Shape.UNBOUNDED_CALLERS,
                ShapeFiles.subject(function),
                "gather starts " + task.get().name() + " for every item at once, each with a connection of its own",
                pools.get(0),
                false,
                steps,
                file.place(),
                gather.origin()));
    }

    private static SyntaxNode written(SyntaxNode tasks, Handles handles) {
        return tasks.is("identifier")
                        && handles.index().resolve(tasks).orElse(null) instanceof PythonDefinition.Assignment assignment
                        && assignment.value().isPresent()
                ? assignment.value().get()
                : tasks;
    }

    private static boolean bounded(String text) {
        return BOUNDS.matcher(text).find();
    }

    /** Whether how many there are is written down: a literal, a constant, a slice, a range of a number. */
    private static boolean fewItems(SyntaxNode source, Handles handles) {
        if (source.is("list", "tuple", "set", "subscript", "dictionary")) {
            return true;
        }
        if (source.is("call") && source.text("function").equals("range")) {
            return true;
        }
        return source.is("identifier")
                && handles.index().resolve(source).orElse(null) instanceof PythonDefinition.Assignment assignment
                && assignment
                        .value()
                        .filter(one -> one.is("list", "tuple", "set", "subscript", "dictionary"))
                        .isPresent();
    }
}
