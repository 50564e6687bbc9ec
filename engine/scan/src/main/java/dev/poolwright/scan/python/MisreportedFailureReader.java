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

/** Finds where any failure around database work, a full pool too, is told to the user as a failed authentication. */
final class MisreportedFailureReader implements Reader {

    private static final Pattern REFUSAL = Pattern.compile(
            "(?s)(HTTPException\\(.{0,200}?\\b40[13]\\b|HTTP_40[13]_|AuthenticationFailed|AuthenticationError|InvalidCredentials"
                    + "|NotAuthenticated|CredentialsException|credentials_exception|Unauthorized\\()");
    private static final Pattern WORDS = Pattern.compile(
            "(?i)\\b(authentication (failure|failed)|failed authentication|auth(entication)? error)\\b");

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return ShapeFiles.with(List.of(
                        "HTTP_401_",
                        "HTTP_403_",
                        "status_code=401",
                        "status_code=403",
                        "AuthenticationFailed",
                        "AuthenticationError",
                        "InvalidCredentials",
                        "AUTHENTICATION FAILURE",
                        "uthentication failed",
                        "credentials_exception",
                        "NotAuthenticated",
                        "Unauthorized("))
                .beside(List.of("except"));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Handles handles = project.view(Handles.class, Handles::of);
        Optional<PythonModule> module = project.text(file)
                .filter(text -> speaksOfBoth(text.text()))
                .flatMap(text -> handles.index().module(file));
        if (module.isEmpty()) {
            return;
        }
        for (PythonFunction function : module.get().functions()) {
            OwnCode.body(function.node(), "try_statement").forEach(one -> attempt(one, function, handles, file, facts));
        }
    }

    /** Cheap test before the file is parsed. */
    private static boolean speaksOfBoth(String text) {
        return text.contains("except") && (text.contains("session") || text.contains("db.") || text.contains("conn."));
    }

    private static void attempt(
            SyntaxNode attempt, PythonFunction function, Handles handles, SourceFile file, Consumer<Fact> facts) {
        for (SyntaxNode clause : attempt.children()) {
            if (!clause.is("except_clause")) {
                continue;
            }
            String caught = clause.child("value").map(SyntaxNode::text).orElse("");
            if (caught.matches(
                    "(?s).*(SQLAlchemyError|OperationalError|DBAPIError|InterfaceError|TimeoutError|PostgresError|"
                            + "DatabaseError|PoolTimeout).*")) {
                return; // the database's failures are told apart
            }
            if (!caught.matches("|(Base)?Exception( as \\w+)?")) {
                continue;
            }
            Optional<SyntaxNode> refusal = clause.first("block").flatMap(MisreportedFailureReader::refusal);
            Optional<SyntaxNode> work = attempt.child("body").flatMap(body -> work(body, handles));
            if (refusal.isPresent() && work.isPresent()) {
                facts.accept(new CodeShape(
                        Shape.MISREPORTED_FAILURE,
                        ShapeFiles.subject(function),
                        "any failure of the database is reported as a failed authentication",
                        handles.of(work.get()).map(Handle::pool).orElse(""),
                        true,
                        List.of(
                                new Step(
                                        "database work " + HoldCalls.shorten(work.get()),
                                        work.get().origin()),
                                new Step("everything is caught", clause.origin()),
                                new Step(
                                        "reported as " + HoldCalls.shorten(refusal.get()),
                                        refusal.get().origin())),
                        file.place(),
                        refusal.get().origin()));
            }
            return;
        }
    }

    /** Where a handler says that authentication failed, and does not look at what failed before. */
    private static Optional<SyntaxNode> refusal(SyntaxNode block) {
        boolean looks =
                OwnCode.of(block, "call").anyMatch(one -> one.text("function").equals("isinstance"));
        if (looks) {
            return Optional.empty();
        }
        return OwnCode.of(block, "raise_statement", "return_statement")
                .filter(one -> REFUSAL.matcher(one.text()).find())
                .filter(one -> one.above("if_statement", "except_clause")
                        .filter(up -> up.is("except_clause"))
                        .isPresent())
                .findFirst()
                .or(() -> OwnCode.of(block, "call")
                        .filter(one ->
                                one.text("function").matches(".*(log|logger|logging)\\.(error|critical|exception)"))
                        .filter(one -> WORDS.matcher(one.text()).find())
                        .findFirst());
    }

    /** The first thing in a block that needs a connection. */
    private static Optional<SyntaxNode> work(SyntaxNode body, Handles handles) {
        return OwnCode.of(body, "call")
                .filter(call -> call.child("function")
                        .filter(one -> one.is("attribute"))
                        .isPresent())
                .filter(
                        call -> call.text("function")
                                .matches(
                                        "(?s).*\\.(execute|scalar|scalars|scalar_one|get|query|exec|fetch|fetchrow|fetchval|refresh|flush)"))
                .filter(call -> call.child("function")
                        .flatMap(one -> one.child("object"))
                        .flatMap(handles::of)
                        .filter(Handle::holds)
                        .isPresent())
                .findFirst()
                .or(() -> OwnCode.of(body, "with_item")
                        .flatMap(item -> item.all("call").limit(1))
                        .filter(call -> handles.of(call)
                                .flatMap(Handles::entered)
                                .filter(Handle::holds)
                                .isPresent())
                        .findFirst());
    }
}
