package dev.poolwright.scan.node;

import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A catch that answers 401 or 403 whatever went wrong, around code that asks the database: a full pool becomes "not logged in". */
final class MisreportReader extends NodeReader {

    private static final String REFUSAL =
            "(?s).*(\\.(status|sendStatus|code|writeHead)\\(\\s*40[13]\\b|status:\\s*40[13]\\b|UnauthorizedException\\(|ForbiddenException\\(|[uU]nauthorized(Error)?\\(|HttpError\\(40[13]).*";

    /** The catch looks at what went wrong, or says something else for some of it. */
    private static final String DISCERNS =
            "(?s).*(instanceof|\\.code\\b|\\.name\\b|\\.status\\b(?!\\()|statusCode\\b|isPrisma|isJwt|\\bif\\s*\\(|switch\\s*\\(|\\b50[0-9]\\b|\\?).*";

    MisreportReader() {
        super(
                "UnauthorizedException",
                "ForbiddenException",
                "status(401",
                "status(403",
                "status: 401",
                "status: 403",
                "nauthorized(",
                "sendStatus(401",
                "code(401");
    }

    @Override
    void read(NodeModule module, Project project, Consumer<Fact> facts) {
        module.root().all("try_statement").forEach(attempt -> {
            Optional<SyntaxNode> handler = attempt.child("handler").flatMap(one -> one.child("body"));
            Optional<SyntaxNode> body = attempt.child("body");
            if (handler.isEmpty() || body.isEmpty() || handler.get().text().length() > 1_500) {
                return;
            }
            String caught = handler.get().text();
            if (!caught.matches(REFUSAL) || caught.matches(DISCERNS)) {
                return;
            }
            Optional<SyntaxNode> refusal = Functions.own(handler.get())
                    .filter(one -> one.is("return_statement", "expression_statement", "throw_statement")
                            && one.text().matches(REFUSAL))
                    .findFirst();
            Optional<SyntaxNode> query = Functions.own(body.get())
                    .filter(Queries::asks)
                    .filter(one -> one.above("await_expression", "return_statement")
                            .filter(body.get()::contains)
                            .isPresent())
                    .filter(one ->
                            one.above("try_statement").filter(attempt::equals).isPresent())
                    .findFirst();
            if (refusal.isPresent() && query.isPresent()) {
                facts.accept(Shapes.shape(
                        Shape.MISREPORTED_FAILURE,
                        module,
                        refusal.get(),
                        "a failure of " + Texts.brief(query.get()) + " is answered as "
                                + (caught.matches("(?s).*(403|Forbidden).*") ? "403" : "401"),
                        true,
                        List.of(
                                new Step(
                                        "asks the database: " + Texts.brief(query.get()),
                                        query.get().origin()),
                                new Step(
                                        "answers every failure alike",
                                        refusal.get().origin()))));
            }
        });
    }
}
