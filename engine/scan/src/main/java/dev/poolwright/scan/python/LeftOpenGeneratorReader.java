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

/**
 * Finds who asks a generator for a session and leaves it suspended: a loop that is left by return or break, a {@code next}
 * whose generator nobody closes. Of an async generator the rest then runs when the garbage collector comes by; of a plain
 * loop it runs at once in CPython, so that is left alone.
 */
final class LeftOpenGeneratorReader implements Reader {

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return ShapeFiles.with(List.of("async for ", "anext(", "__anext__", "next(get", "next(db", "__next__"));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Handles handles = project.view(Handles.class, Handles::of);
        Optional<PythonModule> module = handles.index().module(file);
        if (module.isEmpty() || ShapeFiles.isScript(module.get())) {
            return;
        }
        for (PythonFunction function : module.get().functions()) {
            boolean closes = function.node().text().contains("aclose(");
            OwnCode.body(function.node(), "for_statement")
                    .filter(OwnCode::isAsync)
                    .filter(loop -> !closes)
                    .forEach(loop -> loop(loop, function, handles, file, facts));
            OwnCode.body(function.node(), "call")
                    .filter(call -> call.text("function").matches("next|anext"))
                    .forEach(call -> next(call, function, handles, file, facts));
        }
    }

    private static void loop(
            SyntaxNode loop, PythonFunction function, Handles handles, SourceFile file, Consumer<Fact> facts) {
        Optional<SyntaxNode> generator = loop.child("right");
        Optional<Handle> session = generator.flatMap(one -> session(one, handles));
        Optional<SyntaxNode> leaves = loop.child("body").flatMap(LeftOpenGeneratorReader::leaves);
        if (session.isEmpty() || leaves.isEmpty() || OwnCode.yields(function.node())) {
            return;
        }
        String what = leaves.get().is("return_statement") ? "return" : "break";
        facts.accept(new CodeShape(
                Shape.GENERATOR_LEFT_OPEN,
                ShapeFiles.subject(function),
                what + " inside async for over " + HoldCalls.shorten(generator.get())
                        + ": the session is closed when the generator is collected",
                session.get().pool(),
                true,
                List.of(
                        new Step("session from " + HoldCalls.shorten(generator.get()), loop.origin()),
                        new Step(
                                what + " leaves the generator suspended",
                                leaves.get().origin())),
                file.place(),
                loop.origin()));
    }

    /** A way out of a loop's body that does not ask the generator for more. */
    private static Optional<SyntaxNode> leaves(SyntaxNode body) {
        return OwnCode.of(body, "return_statement", "break_statement")
                .filter(one -> one.is("return_statement")
                        || one.above("for_statement", "while_statement")
                                .flatMap(loop -> loop.child("body"))
                                .filter(inner -> inner == body)
                                .isPresent())
                .findFirst();
    }

    private static Optional<Handle> session(SyntaxNode generator, Handles handles) {
        return handles.of(generator)
                .filter(one -> one.is(Handle.Kind.GENERATOR) && one.async())
                .flatMap(Handle::inner)
                .filter(one -> one.is(Handle.Kind.SESSION, Handle.Kind.CONNECTION));
    }

    private static void next(
            SyntaxNode call, PythonFunction function, Handles handles, SourceFile file, Consumer<Fact> facts) {
        List<SyntaxNode> arguments = OwnCode.positional(call);
        Optional<Handle> session = arguments.stream()
                .limit(1)
                .flatMap(one -> handles.of(one).stream())
                .filter(one -> one.is(Handle.Kind.GENERATOR))
                .flatMap(one -> one.inner().stream())
                .filter(one -> one.is(Handle.Kind.SESSION, Handle.Kind.CONNECTION))
                .findFirst();
        Optional<String> name = call.above("assignment", "block")
                .filter(one -> one.is("assignment"))
                .map(one -> one.text("left"));
        if (session.isEmpty() || name.isEmpty()) {
            return;
        }
        String text = function.node().text();
        String generator = arguments.get(0).text();
        boolean closed = text.contains(name.get() + ".close(")
                || text.contains("aclose(")
                || (arguments.get(0).is("identifier")
                        && (text.contains(generator + ".close(") || text.split("next\\(" + generator, -1).length > 2))
                || OwnCode.body(function.node(), "return_statement", "yield")
                        .anyMatch(one -> one.children().stream()
                                .anyMatch(child -> child.text().equals(name.get())));
        if (!closed) {
            facts.accept(new CodeShape(
                    Shape.GENERATOR_LEFT_OPEN,
                    ShapeFiles.subject(function),
                    call.text("function") + " takes a session out of " + HoldCalls.shorten(arguments.get(0))
                            + " and nothing closes it",
                    session.get().pool(),
                    true,
                    List.of(new Step("session from " + HoldCalls.shorten(call), call.origin())),
                    file.place(),
                    call.origin()));
        }
    }
}
