package dev.poolwright.scan.node;

import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Health checks that take a connection of the pool: a full pool then looks like a dead process, and a restart makes it worse. */
final class HealthReader extends NodeReader {

    private static final String ANY =
            "(?i)(.*/)?(_{0,2})(health|healthz|healthcheck|health-check|live|livez|liveness|ready|readyz|readiness|heartbeat)/?";

    /** What an orchestrator kills for. */
    private static final String LIVE = "(?i)(.*/)?(live|livez|liveness)/?";

    HealthReader() {
        super("health", "/live", "/ready", "heartbeat");
    }

    @Override
    void read(NodeModule module, Project project, Consumer<Fact> facts) {
        NodeNames names = new NodeNames(NodeIndex.of(project));
        module.root().all("call_expression").forEach(call -> {
            Optional<String> path = Texts.argument(call, 0)
                    .flatMap(Texts::literal)
                    .filter(text -> text.startsWith("/") && text.matches(ANY));
            if (path.isPresent() && Texts.called(call).matches("get|all|use|route|head")) {
                for (int i = 1; i < 4; i++) {
                    Texts.argument(call, i)
                            .map(one -> names.of(module, one))
                            .filter(Meaning.Code.class::isInstance)
                            .map(Meaning.Code.class::cast)
                            .filter(code -> code.node().is(Functions.TYPES))
                            .ifPresent(code -> check(code.module(), code.node(), path.get(), call, names, facts));
                }
            }
        });
        String file = "/" + module.file().name();
        if (file.matches(
                "(?i).*/(api|app|routes)/(.*/)?(health|healthz|healthcheck|live|ready|heartbeat)(/(route|\\+server|index))?\\.[jt]sx?")) {
            String path = file.replaceAll("(?i)(/(route|\\+server|index))?\\.[jt]sx?$", "");
            module.root()
                    .all(Functions.TYPES)
                    .filter(function -> Handlers.isHandler(module, function))
                    .forEach(function ->
                            check(module, function, path.substring(path.lastIndexOf('/')), function, names, facts));
        }
    }

    private static void check(
            NodeModule module,
            SyntaxNode function,
            String path,
            SyntaxNode registered,
            NodeNames names,
            Consumer<Fact> facts) {
        Optional<SyntaxNode> body = function.child("body");
        if (body.isEmpty()) {
            return;
        }
        Optional<SyntaxNode> query =
                Functions.own(body.get()).filter(Queries::asks).findFirst();
        if (query.isPresent()) {
            facts.accept(Shapes.shape(
                    Shape.POOL_IN_HEALTH_CHECK,
                    module,
                    query.get(),
                    path + " asks the database: " + Texts.brief(query.get()),
                    path.matches(LIVE),
                    List.of(
                            new Step("health check " + path, registered.origin()),
                            new Step("needs a connection", query.get().origin()))));
            return;
        }
        Functions.own(body.get())
                .filter(one -> one.is("call_expression"))
                .limit(20)
                .forEach(call -> {
                    if (names.of(module, call.child("function").orElse(call)) instanceof Meaning.Code code
                            && code.node().is(Functions.TYPES)) {
                        code.node()
                                .child("body")
                                .flatMap(inner -> Functions.own(inner)
                                        .filter(Queries::asks)
                                        .findFirst())
                                .ifPresent(asked -> facts.accept(Shapes.shape(
                                        Shape.POOL_IN_HEALTH_CHECK,
                                        code.module(),
                                        asked,
                                        path + " asks the database: " + Texts.brief(asked),
                                        path.matches(LIVE),
                                        List.of(
                                                new Step("health check " + path, registered.origin()),
                                                new Step("calls " + call.text("function"), call.origin()),
                                                new Step("needs a connection", asked.origin())))));
                    }
                });
    }
}
