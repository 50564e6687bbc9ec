package dev.poolwright.scan.python;

import dev.poolwright.scan.python.Py.Const;
import dev.poolwright.scan.python.Py.External;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;

/** Whether a condition holds, as far as constants and names tell. */
final class Conditions {

    private final Evaluator evaluator;

    Conditions(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /** Whether it holds; empty where that is not known. */
    Optional<Boolean> decided(SyntaxNode node, Frame frame) {
        return switch (node.type()) {
            case "parenthesized_expression" -> {
                yield node.children().stream().findFirst().flatMap(one -> evaluator.truth(one, frame));
            }
            case "not_operator" -> {
                yield node.child("argument")
                        .flatMap(one -> evaluator.truth(one, frame))
                        .map(one -> !one);
            }
            case "boolean_operator" -> {
                Optional<Boolean> left = node.child("left").flatMap(one -> evaluator.truth(one, frame));
                Optional<Boolean> right = node.child("right").flatMap(one -> evaluator.truth(one, frame));
                boolean or = node.text("operator").equals("or");
                if (left.filter(one -> one == or).isPresent()
                        || right.filter(one -> one == or).isPresent()) {
                    yield Optional.of(or);
                }
                yield left.isPresent() && right.isPresent() ? Optional.of(!or) : Optional.empty();
            }
            case "comparison_operator" -> {
                yield compared(node, frame);
            }
            default -> {
                Py value = evaluator.value(node, frame);
                if (value instanceof External outside && outside.dottedName().endsWith("TYPE_CHECKING")) {
                    yield Optional.of(false);
                }
                yield value instanceof Const known && known.firm()
                        ? Optional.of(Operators.truth(known.value()))
                        : Optional.empty();
            }
        };
    }

    private Optional<Boolean> compared(SyntaxNode node, Frame frame) {
        List<SyntaxNode> sides = node.children().stream()
                .filter(child -> !child.field().equals("operators") && !child.is("comment"))
                .toList();
        if (sides.size() != 2) {
            return Optional.empty();
        }
        Py left = evaluator.value(sides.get(0), frame);
        Py right = evaluator.value(sides.get(1), frame);
        String operator = node.text("operators");
        if (left instanceof Const a && right instanceof Const b && a.firm() && b.firm()) {
            return Operators.compare(operator, a.value(), b.value());
        }
        if (left instanceof External a
                && right instanceof External b
                && a.dottedName().indexOf('.') > 0
                && b.dottedName().indexOf('.') > 0) {
            return Operators.compare(operator, a.simpleName(), b.simpleName());
        }
        return Optional.empty();
    }
}
