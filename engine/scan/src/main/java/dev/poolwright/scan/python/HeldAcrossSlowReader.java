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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Finds what waits for something else while a connection is out, and second borrows while a first one is out. */
final class HeldAcrossSlowReader implements Reader {

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return ShapeFiles.with(ShapeFiles.DATABASE);
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Handles handles = project.view(Handles.class, Handles::of);
        PythonModule module = handles.index().module(file).orElse(null);
        if (module == null || ShapeFiles.isScript(module)) {
            return;
        }
        for (PythonFunction function : module.functions()) {
            Found found = new Found(file, function);
            HoldState start = AtomicDecorator.start(function, handles.index());
            new HoldFlow(new HoldCalls(handles, found, function)).function(function.node(), start);
            found.shapes.values().forEach(facts);
        }
    }

    /** Keeps the first of each kind. */
    private static final class Found implements HoldWatcher {
        private final SourceFile file;
        private final PythonFunction function;
        private final Map<Shape, CodeShape> shapes = new EnumMap<>(Shape.class);

        Found(SourceFile file, PythonFunction function) {
            this.file = file;
            this.function = function;
        }

        @Override
        public void slow(SyntaxNode at, String what, List<Step> hops, Hold held, boolean always) {
            boolean certain = always && (!held.given() || held.locked());
            boolean elsewhere =
                    held.given() && !held.locked() && held.handle().pool().isEmpty() && hops.size() > 1;
            if (elsewhere) {
                return; // said of the function that opens the session, and of the one that makes the slow call
            }
            add(
                    Shape.HELD_ACROSS_SLOW,
                    at,
                    what + (held.locked() ? " while rows are locked or a transaction is open" : ""),
                    held,
                    hops,
                    certain);
        }

        @Override
        public void nested(SyntaxNode at, List<Step> hops, Hold first, boolean always) {
            add(Shape.NESTED_BORROW, at, "second connection of one pool while the first is held", first, hops, always);
        }

        private void add(Shape shape, SyntaxNode at, String what, Hold held, List<Step> hops, boolean certain) {
            List<Step> steps = new ArrayList<>(held.steps());
            hops.stream().filter(step -> !steps.contains(step)).forEach(steps::add);
            // one of each kind for a function: the first is where it has to be changed
            shapes.putIfAbsent(
                    shape,
                    new CodeShape(
                            shape,
                            ShapeFiles.subject(function),
                            what,
                            held.handle().pool(),
                            certain,
                            steps,
                            file.place(),
                            at.origin()));
        }
    }
}
