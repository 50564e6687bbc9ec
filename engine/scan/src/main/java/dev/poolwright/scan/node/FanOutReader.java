package dev.poolwright.scan.node;

import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code Promise.all(rows.map(row => pool.query(...)))} over rows or a request's list that nothing bounds. Never certain. */
final class FanOutReader extends NodeReader {

    private static final String BOUNDED =
            "(?si).*(limit|chunk|batch|slice\\(|semaphore|queue|concurrency|take:|first:|pmap).*";

    FanOutReader() {
        super(".rows.map(", "Promise.all(req", "Promise.allSettled(req");
    }

    @Override
    void read(NodeModule module, Project project, Consumer<Fact> facts) {
        NodeNames names = new NodeNames(NodeIndex.of(project));
        module.root()
                .all("call_expression")
                .filter(call -> call.text("function").matches("Promise\\.(all|allSettled)"))
                .forEach(call -> Texts.argument(call, 0)
                        .map(NodeNames::bare)
                        .filter(map ->
                                map.is("call_expression") && Texts.called(map).equals("map"))
                        .ifPresent(map -> fanOut(module, names, call, map, facts)));
    }

    private static void fanOut(
            NodeModule module, NodeNames names, SyntaxNode all, SyntaxNode map, Consumer<Fact> facts) {
        Optional<SyntaxNode> work =
                Texts.argument(map, 0).filter(one -> one.is("arrow_function", "function_expression"));
        Optional<SyntaxNode> list = Texts.receiver(map);
        if (work.isEmpty() || list.isEmpty() || all.text().matches(BOUNDED)) {
            return;
        }
        Optional<SyntaxNode> query = work.get()
                .child("body")
                .flatMap(body -> Functions.own(body)
                        .filter(Queries::asks)
                        .filter(one ->
                                !one.text("function").matches("(?i)(t|tx|trx|transaction|client|conn|connection)\\b.*"))
                        .findFirst());
        boolean inTransaction = all.above("arrow_function", "function_expression")
                .flatMap(SyntaxNode::parent)
                .flatMap(SyntaxNode::parent)
                .filter(up -> up.is("call_expression") && Texts.called(up).matches(".*ransaction.*"))
                .isPresent();
        if (query.isEmpty() || inTransaction) {
            return;
        }
        unbounded(module, names, list.get())
                .ifPresent(why -> facts.accept(Shapes.shape(
                        Shape.UNBOUNDED_CALLERS,
                        module,
                        query.get(),
                        Texts.brief(query.get()) + " for every one of " + Texts.brief(list.get()) + " at the same time",
                        false,
                        List.of(
                                new Step(why, list.get().origin()),
                                new Step(
                                        "each asks for a connection",
                                        query.get().origin())))));
    }

    /** Why a list has no bound: it is the request's, or a query's without a limit. */
    private static Optional<String> unbounded(NodeModule module, NodeNames names, SyntaxNode list) {
        String text = list.text().replaceAll("\\s", "");
        if (text.matches("(this\\.)?(req|request|ctx\\.request)\\.body(\\.\\w+)*")) {
            return Optional.of("as many as the request says");
        }
        SyntaxNode source =
                list.is("member_expression") && list.text("property").equals("rows")
                        ? list.child("object").orElse(list)
                        : list;
        if (!(names.of(module, source) instanceof Meaning.Code code)) {
            return Optional.empty();
        }
        SyntaxNode made = NodeNames.bare(code.node());
        boolean many = made.is("call_expression")
                && Queries.asks(made)
                && Texts.called(made).matches("findMany|query|\\$queryRaw");
        return many && !made.text().matches(BOUNDED) ? Optional.of("as many as the query gives") : Optional.empty();
    }
}
