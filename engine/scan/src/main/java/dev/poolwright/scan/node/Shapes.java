package dev.poolwright.scan.node;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How this package says the shapes that it finds. */
final class Shapes {

    private Shapes() {}

    static CodeShape shape(
            Shape shape, NodeModule module, SyntaxNode at, String what, boolean certain, List<Step> steps) {
        return new CodeShape(
                shape,
                Functions.subject(module, at),
                what,
                "",
                certain,
                steps,
                NodePlaces.of(module.file()),
                at.origin());
    }

    /** Says the first slow thing among what is awaited while a connection is held. */
    static void slow(NodeModule module, SlowCalls slow, List<SyntaxNode> awaited, Step held, Consumer<Fact> facts) {
        for (SyntaxNode one : awaited) {
            var found = slow.in(module, one);
            if (found.isPresent()) {
                List<Step> steps = new ArrayList<>(List.of(held));
                steps.addAll(found.get().steps());
                boolean always = found.get().steps().size() == 1
                        && one.above("if_statement", "catch_clause", "ternary_expression")
                                .filter(branch -> branch.line() >= held.origin().line())
                                .isEmpty();
                facts.accept(shape(
                        Shape.HELD_ACROSS_SLOW,
                        module,
                        found.get().at(),
                        found.get().what(),
                        always,
                        steps));
                return;
            }
        }
    }
}
