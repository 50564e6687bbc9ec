package dev.poolwright.scan.python;

import dev.poolwright.scan.python.Py.Const;
import dev.poolwright.scan.python.Py.Missing;
import dev.poolwright.scan.python.Py.Partial;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.Optional;

/** What operators and text literals make of values; what is not known stands in text as {@code {name}}. */
final class Arithmetic {

    private final Evaluator evaluator;

    Arithmetic(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    Py string(SyntaxNode node, Frame frame) {
        if (node.is("concatenated_string")) {
            Py joined = Evaluator.constant("", node);
            for (SyntaxNode part : node.children()) {
                if (part.is("string")) {
                    joined = plus(joined, string(part, frame), node);
                }
            }
            return joined;
        }
        Py text = Evaluator.constant("", node);
        for (SyntaxNode part : node.children()) {
            if (part.is("string_content")) {
                text = plus(text, Evaluator.constant(Text.content(node, part), node), node);
            } else if (part.is("interpolation")) {
                SyntaxNode inside = part.child("expression").orElse(part);
                Py value = part.child("format_specifier").isPresent()
                        ? Py.unknown("formatted", part)
                        : evaluator.value(inside, frame);
                text = plus(text, asText(value, inside), node);
            }
        }
        return text;
    }

    /** As {@code str()} makes it; what is not known stands as {@code {name}}. */
    static Py asText(Py value, SyntaxNode written) {
        return Choices.each(value, one -> switch (one) {
            case Const known -> known.with(String.valueOf(known.value()));
            case Partial partial -> partial;
            default -> new Partial("{" + Text.brief(written) + "}", written.origin());
        });
    }

    /** {@code left + right}; text keeps its unknown parts. */
    Py plus(Py left, Py right, SyntaxNode node) {
        return Choices.each(
                left,
                one -> Choices.each(right, other -> {
                    if (one instanceof Const a && other instanceof Const b) {
                        return Operators.apply("+", a.value(), b.value())
                                .<Py>map(sum -> a.value().equals("")
                                        ? b.with(sum)
                                        : new Const(sum, a.origin(), Operators.trails(a, b), a.firm() && b.firm()))
                                .orElse(Py.unknown("a sum", node));
                    }
                    boolean text = isText(one) || isText(other);
                    return text ? new Partial(text(one) + text(other), node.origin()) : Py.unknown("a sum", node);
                }));
    }

    private static boolean isText(Py value) {
        return value instanceof Partial || (value instanceof Const known && known.value() instanceof String);
    }

    private static String text(Py value) {
        return switch (value) {
            case Const known -> String.valueOf(known.value());
            case Partial partial -> partial.text();
            default -> "{…}";
        };
    }

    Py binary(SyntaxNode node, Frame frame) {
        Optional<SyntaxNode> left = node.child("left");
        Optional<SyntaxNode> right = node.child("right");
        if (left.isEmpty() || right.isEmpty()) {
            return new Missing();
        }
        return operated(
                node.text("operator"), evaluator.value(left.get(), frame), evaluator.value(right.get(), frame), node);
    }

    private Py operated(String operator, Py left, Py right, SyntaxNode node) {
        if (operator.equals("+")) {
            return plus(left, right, node);
        }
        if (operator.equals("|")) {
            return evaluator.joined(left, right);
        }
        return Choices.each(
                left,
                one -> Choices.each(right, other -> {
                    if (one instanceof Const a && other instanceof Const b) {
                        return Operators.apply(operator, a.value(), b.value())
                                .<Py>map(value ->
                                        new Const(value, a.origin(), Operators.trails(a, b), a.firm() && b.firm()))
                                .orElse(Py.unknown("a calculation", node));
                    }
                    return operator.equals("%") && isText(one)
                            ? new Partial(text(one).replaceAll("%\\(\\w+\\)s|%[sd]", "{…}"), node.origin())
                            : Py.unknown("a calculation with an unknown part", node);
                }));
    }

    /** {@code target op= value}. */
    Py changed(SyntaxNode target, Py before, SyntaxNode value, Frame frame) {
        String operator =
                target.parent().map(up -> up.text("operator")).orElse("").replace("=", "");
        return operated(operator, before, evaluator.value(value, frame), target);
    }

    Py unary(SyntaxNode node, Frame frame) {
        Py value =
                node.child("argument").map(one -> evaluator.value(one, frame)).orElse(new Missing());
        boolean minus = node.text("operator").equals("-");
        return Choices.each(
                value,
                one -> one instanceof Const known && known.value() instanceof Number && minus
                        ? known.with(
                                known.value() instanceof Long whole
                                        ? (Object) (-whole)
                                        : (Object) (-((Number) known.value()).doubleValue()))
                        : minus ? Py.unknown("a calculation", node) : one);
    }
}
