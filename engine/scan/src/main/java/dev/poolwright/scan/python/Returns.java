package dev.poolwright.scan.python;

import dev.poolwright.scan.python.Py.Option;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a call of a function gives back: each {@code return} with the condition under which it is reached. */
final class Returns {

    private static final int MOST = 12;

    private final Evaluator evaluator;
    private final Frame frame;
    private final List<Option> found = new ArrayList<>();

    private Returns(Evaluator evaluator, Frame frame) {
        this.evaluator = evaluator;
        this.frame = frame;
    }

    static Py of(Evaluator evaluator, PythonFunction function, Frame frame) {
        Returns returns = new Returns(evaluator, frame);
        boolean ended = function.body()
                .map(body -> returns.collect(body.children(), ""))
                .orElse(false);
        if (!ended || returns.found.isEmpty()) {
            returns.found.add(
                    new Option("", new Py.Const(Py.NONE, function.node().origin(), List.of(), true)));
        }
        return Choices.of(returns.found);
    }

    /** Whether every way through the statements ends here. */
    private boolean collect(List<SyntaxNode> statements, String condition) {
        String now = condition;
        for (SyntaxNode statement : statements) {
            if (found.size() >= MOST) {
                return true;
            }
            switch (statement.type()) {
                case "return_statement" -> {
                    Py value = statement.children().isEmpty()
                            ? new Py.Const(Py.NONE, statement.origin(), List.of(), true)
                            : evaluator.value(statement.children().getFirst(), frame);
                    found.add(new Option(now, value));
                    return true;
                }
                case "raise_statement" -> {
                    return true;
                }
                case "if_statement" -> {
                    List<String> open = new ArrayList<>();
                    if (branches(statement, now, open)) {
                        return true;
                    }
                    now = open.isEmpty() ? now : open.getFirst();
                }
                case "with_statement" -> {
                    if (statement
                            .child("body")
                            .map(body -> collect(body.children(), condition))
                            .orElse(false)) {
                        return true;
                    }
                }
                case "try_statement" -> {
                    if (tried(statement, now)) {
                        return true;
                    }
                }
                case "for_statement", "while_statement" -> {
                    String inLoop = now;
                    statement.child("body").ifPresent(body -> collect(body.children(), inLoop));
                }
                case "match_statement" -> {
                    for (SyntaxNode arm :
                            statement.child("body").map(SyntaxNode::children).orElse(List.of())) {
                        String pattern = statement.text("subject") + " is "
                                + arm.first("case_pattern").map(Text::brief).orElse("");
                        String both = Choices.both(now, pattern);
                        arm.child("consequence").ifPresent(body -> collect(body.children(), both));
                    }
                }
                default -> {}
            }
        }
        return false;
    }

    /** @param open takes the condition that holds after the statement, where some branch ended */
    private boolean branches(SyntaxNode statement, String condition, List<String> open) {
        String before = condition;
        boolean allEnded = true;
        boolean last = false;
        List<SyntaxNode> arms = new ArrayList<>(List.of(statement));
        statement.children().stream()
                .filter(one -> one.is("elif_clause", "else_clause"))
                .forEach(arms::add);
        for (SyntaxNode arm : arms) {
            Optional<SyntaxNode> test = arm.child("condition");
            Optional<Boolean> truth = test.flatMap(one -> evaluator.truth(one, frame));
            if (truth.isPresent() && !truth.get()) {
                continue;
            }
            String text = test.isPresent() && truth.isEmpty() ? Choices.both(before, Text.brief(test.get())) : before;
            SyntaxNode body =
                    arm.child(arm.is("else_clause") ? "body" : "consequence").orElse(arm);
            boolean ended = collect(body.children(), text);
            allEnded &= ended;
            if (ended && test.isPresent() && truth.isEmpty()) {
                before = Choices.both(condition, Choices.not(Text.brief(test.get())));
            }
            if (test.isEmpty() || truth.isPresent()) {
                last = true;
                break;
            }
        }
        open.add(before);
        return allEnded && last;
    }

    private boolean tried(SyntaxNode statement, String condition) {
        boolean ended = statement
                .child("body")
                .map(body -> collect(body.children(), condition))
                .orElse(false);
        boolean handled = true;
        for (SyntaxNode part : statement.children()) {
            if (part.is("except_clause", "except_group_clause")) {
                String on = Choices.both(
                        condition, "on " + part.child("value").map(Text::brief).orElse("an exception"));
                handled &= part.first("block")
                        .map(body -> collect(body.children(), on))
                        .orElse(false);
            } else if (part.is("else_clause")) {
                ended |= part.child("body")
                        .map(body -> collect(body.children(), condition))
                        .orElse(false);
            }
        }
        return ended && handled;
    }
}
