package dev.poolwright.scan.python;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.python.Handle.Kind;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds sessions and connections that a function opens for itself and does not close on every way out. */
final class NotAlwaysClosedReader implements Reader {

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return ShapeFiles.with(List.of(
                "sqlalchemy",
                "sqlmodel",
                "SessionLocal",
                "sessionmaker",
                "getconn(",
                "ool.acquire(",
                "db.acquire(",
                "asyncpg",
                "get_session",
                "get_db",
                "raw_connection"));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Handles handles = project.view(Handles.class, Handles::of);
        Optional<PythonModule> module = handles.index().module(file);
        if (module.isEmpty() || ShapeFiles.isScript(module.get())) {
            return;
        }
        for (PythonFunction function : module.get().functions()) {
            if (function.name().equals("main")) {
                continue;
            }
            OwnCode.body(function.node(), "assignment")
                    .filter(one -> one.child("left")
                            .filter(left -> left.is("identifier"))
                            .isPresent())
                    .forEach(one -> opened(one, handles)
                            .ifPresent(handle -> new Opening(handles, function, one, handle).judge(file, facts)));
            returned(function, handles, file, facts);
        }
        module.get().classes().forEach(type -> kept(type, handles, file, facts));
    }

    /** A session or connection that the right side of an assignment opens anew. */
    private static Optional<Handle> opened(SyntaxNode assignment, Handles handles) {
        Optional<SyntaxNode> value = assignment
                .child("right")
                .map(one -> one.is("await") ? one.children().get(0) : one)
                .filter(one -> one.is("call"));
        return value.flatMap(handles::of).filter(one -> one.is(Kind.SESSION, Kind.CONNECTION) && one.pooled());
    }

    /** A dependency that returns a session instead of yielding it: nobody closes it after the request. */
    private static void returned(PythonFunction function, Handles handles, SourceFile file, Consumer<Fact> facts) {
        for (Dependencies.Dependency one : handles.dependencies().of(function)) {
            PythonFunction given = one.function();
            if (OwnCode.yields(given.node()) || given.name().startsWith("__")) {
                continue;
            }
            OwnCode.body(given.node(), "return_statement")
                    .flatMap(statement -> statement.children().stream().limit(1))
                    .filter(value -> value.is("call"))
                    .forEach(value -> handles.of(value)
                            .filter(handle -> handle.is(Kind.SESSION) && handle.made() == value)
                            .ifPresent(handle -> facts.accept(new CodeShape(
                                    Shape.NOT_ALWAYS_CLOSED,
                                    ShapeFiles.subject(given),
                                    "a dependency returns its session instead of yielding it: nobody closes it",
                                    handle.pool(),
                                    true,
                                    List.of(new Step("session from " + HoldCalls.shorten(value), value.origin())),
                                    file.place(),
                                    value.origin()))));
        }
    }

    /** A session that a constructor stores and that no method of its class closes. */
    private static void kept(PythonClass type, Handles handles, SourceFile file, Consumer<Fact> facts) {
        Optional<PythonFunction> constructor = type.method("__init__");
        if (constructor.isEmpty()) {
            return;
        }
        OwnCode.body(constructor.get().node(), "assignment")
                .filter(one -> one.text("left").startsWith("self."))
                .forEach(one -> opened(one, handles)
                        .filter(handle -> handle.is(Kind.SESSION))
                        .ifPresent(handle -> {
                            String name = one.text("left").substring("self".length());
                            String text = type.node().source().text();
                            boolean ends = text.contains(name + ".close(")
                                    || text.contains(name + ".remove(")
                                    || text.contains("__exit__")
                                    || text.contains("__aexit__")
                                    || text.contains("__del__")
                                    || text.contains("with self" + name);
                            if (!ends) {
                                facts.accept(new CodeShape(
                                        Shape.NOT_ALWAYS_CLOSED,
                                        type.qualifiedName(),
                                        "the constructor opens a session and nothing in its file closes it",
                                        handle.pool(),
                                        true,
                                        List.of(new Step("session in self" + name, one.origin())),
                                        file.place(),
                                        one.origin()));
                            }
                        }));
    }
}
