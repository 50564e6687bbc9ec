package dev.poolwright.scan.node;

import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What happens between taking a connection and giving it back: a way out on which it is not given back, a second connection, a
 * wait for something other than the database.
 */
final class HeldReader extends NodeReader {

    HeldReader() {
        super(
                ".connect()",
                ".getConnection()",
                "createQueryRunner",
                ".transaction(",
                ".reserve()",
                "startUnmanagedTransaction");
    }

    @Override
    void read(NodeModule module, Project project, Consumer<Fact> facts) {
        NodeValues values = new NodeValues(project);
        SlowCalls slow = new SlowCalls(values.names());
        for (Borrow borrow : Borrow.in(module, values)) {
            HeldPath.of(module, borrow).ifPresent(path -> {
                closed(module, borrow, path, facts);
                Shapes.slow(module, slow, path.awaited(), taken(borrow), facts);
                nested(module, borrow, path, facts);
            });
        }
    }

    private static Step taken(Borrow borrow) {
        return new Step(
                borrow.name() + (borrow.transaction() ? " begun by " : " taken by ") + Texts.brief(borrow.call()),
                borrow.call().origin());
    }

    private static void closed(NodeModule module, Borrow borrow, HeldPath path, Consumer<Fact> facts) {
        String verb = borrow.transaction() ? "neither committed nor rolled back" : "not released";
        List<Step> steps = new ArrayList<>(List.of(taken(borrow)));
        String what;
        if (!HeldPath.isEverGivenBack(borrow)) {
            boolean onlyUsed = path.awaited().stream()
                    .noneMatch(one -> one.all("arguments")
                            .flatMap(all -> all.children().stream())
                            .anyMatch(argument -> argument.text().equals(borrow.name())));
            if (!onlyUsed || path.awaited().isEmpty()) {
                return; // whoever gets it may give it back
            }
            what = borrow.name() + " is " + verb + " at all";
        } else if (path.leaving().isPresent()) {
            steps.add(new Step(
                    "returns with " + borrow.name() + " " + verb,
                    path.leaving().get().origin()));
            what = borrow.name() + " is " + verb + " when it returns early";
        } else if (path.failing().isPresent()) {
            steps.add(new Step(
                    "can fail, and then " + borrow.name() + " is " + verb,
                    path.failing().get().origin()));
            what = borrow.name() + " is " + verb + " when "
                    + Texts.brief(path.failing().get()) + " fails";
        } else {
            return;
        }
        facts.accept(Shapes.shape(Shape.NOT_ALWAYS_CLOSED, module, borrow.call(), what, true, steps));
    }

    private static void nested(NodeModule module, Borrow borrow, HeldPath path, Consumer<Fact> facts) {
        Set<String> asks = Set.of(".query", ".connect", ".execute", ".getConnection");
        for (SyntaxNode awaited : path.awaited()) {
            Optional<SyntaxNode> second = Functions.own(awaited)
                    .filter(one -> one.is("call_expression") && !one.text().contains(borrow.name()))
                    .filter(one ->
                            asks.stream().anyMatch(ask -> one.text("function").equals(borrow.pool() + ask)))
                    .findFirst();
            if (second.isPresent()) {
                facts.accept(Shapes.shape(
                        Shape.NESTED_BORROW,
                        module,
                        second.get(),
                        Texts.brief(second.get()) + " while " + borrow.name() + " is held",
                        true,
                        List.of(
                                taken(borrow),
                                new Step(
                                        "second connection from " + borrow.pool(),
                                        second.get().origin()))));
            }
        }
    }
}
