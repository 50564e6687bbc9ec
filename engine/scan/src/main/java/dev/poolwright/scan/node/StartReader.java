package dev.poolwright.scan.node;

import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The first connection of a process: tried once and fatal, or tried again and again without a pause. */
final class StartReader extends NodeReader {

    private static final String[] LOOPS = {"while_statement", "for_statement", "do_statement", "for_in_statement"};
    private static final String PAUSES = "(?si).*(setTimeout|sleep|delay|(?<!a)wait|backoff|pause|retry\\().*";

    StartReader() {
        super(
                ".$connect(",
                ".authenticate(",
                ".initialize(",
                "ool.connect(",
                "select 1",
                "SELECT 1",
                "SELECT NOW()",
                "select now()");
    }

    @Override
    void read(NodeModule module, Project project, Consumer<Fact> facts) {
        if (NodePlaces.of(module.file()) != Place.MAIN) {
            return;
        }
        module.root().all("call_expression").filter(Queries::connects).forEach(connect -> {
            Optional<SyntaxNode> loop = Functions.around(connect)
                    .flatMap(function -> connect.above(LOOPS).filter(function::contains))
                    .or(() -> Functions.around(connect).isEmpty() ? connect.above(LOOPS) : Optional.empty());
            Optional<SyntaxNode> attempt = connect.above("try_statement")
                    .filter(one -> one.child("body")
                            .filter(body -> body.contains(connect))
                            .isPresent())
                    .filter(one -> Functions.around(one).equals(Functions.around(connect)));
            Optional<SyntaxNode> handler = attempt.flatMap(one -> one.child("handler"));
            if (loop.isPresent()) {
                unpaused(module, connect, loop.get(), handler, facts);
            } else {
                fatal(module, connect, handler.or(() -> rejected(connect)), facts);
            }
        });
    }

    /** A loop whose catch goes round at once. */
    private static void unpaused(
            NodeModule module,
            SyntaxNode connect,
            SyntaxNode loop,
            Optional<SyntaxNode> handler,
            Consumer<Fact> facts) {
        boolean within = handler.filter(loop::contains).isPresent();
        String text = loop.text();
        boolean leaves =
                handler.map(SyntaxNode::text).orElse("").matches("(?s).*\\b(throw|return|break|process\\.exit)\\b.*");
        boolean retries = !loop.is("for_in_statement")
                && text.matches("(?si).*(attempt|retr|tries|while\\s*\\(\\s*true|connected).*");
        if (within && retries && !leaves && !text.matches(PAUSES)) {
            facts.accept(Shapes.shape(
                    Shape.NO_PAUSE_BETWEEN_CONNECTS,
                    module,
                    connect,
                    Texts.brief(connect) + " is tried again at once",
                    true,
                    List.of(new Step("tries again", loop.origin()), new Step("connects", connect.origin()))));
        }
    }

    /** {@code connect().catch(...)} and {@code connect().then(...).catch(...)}. */
    private static Optional<SyntaxNode> rejected(SyntaxNode connect) {
        SyntaxNode at = connect;
        for (int i = 0; i < 8 && at.parent().isPresent(); i++) {
            SyntaxNode up = at.parent().get();
            if (up.is("call_expression") && Texts.called(up).equals("catch")) {
                return Texts.argument(up, 0);
            }
            if (!up.is("member_expression", "call_expression")) {
                return Optional.empty();
            }
            at = up;
        }
        return Optional.empty();
    }

    private static void fatal(
            NodeModule module, SyntaxNode connect, Optional<SyntaxNode> handler, Consumer<Fact> facts) {
        Optional<SyntaxNode> exit = handler.flatMap(one -> one.all("call_expression")
                .filter(call -> call.text("function").equals("process.exit"))
                .findFirst());
        boolean again = handler.map(SyntaxNode::text).orElse("").matches("(?si).*(retr|attempt|setTimeout|again).*")
                || Functions.around(connect)
                        .map(SyntaxNode::text)
                        .orElse("")
                        .matches("(?s).{0,4000}\\b(retries|retry|attempts?)\\b.*");
        boolean handled = Functions.around(connect)
                .filter(function -> Handlers.isHandler(module, function))
                .isPresent();
        if (exit.isPresent() && !again && !handled) {
            facts.accept(Shapes.shape(
                    Shape.NO_PAUSE_BETWEEN_CONNECTS,
                    module,
                    connect,
                    "one failed " + Texts.brief(connect) + " ends the process",
                    false,
                    List.of(
                            new Step("connects once", connect.origin()),
                            new Step("ends the process", exit.get().origin()))));
        }
    }
}
