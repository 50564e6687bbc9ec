package dev.poolwright.scan.python;

import dev.poolwright.scan.python.Py.Dict;
import dev.poolwright.scan.python.Py.Items;
import dev.poolwright.scan.python.Py.Missing;
import dev.poolwright.scan.python.Py.Option;
import dev.poolwright.scan.python.PythonDefinition.Assignment;
import dev.poolwright.scan.python.PythonDefinition.How;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one name stands for at one place of a body: follows the statements in order, keeps the branches of {@code if}, {@code try}
 * and {@code match} apart, leaves those out that return or raise, and applies {@code d["k"] = v} and {@code d.update(…)}.
 */
final class Flow {

    private final Evaluator evaluator;
    private final Frame frame;
    private final String key;
    private final List<Change> changes = new ArrayList<>();
    private final Optional<SyntaxNode> use;
    private boolean reached;

    /** A place where the name gets a value, or where what it stands for is changed. */
    private record Change(SyntaxNode node, Optional<PythonDefinition> definition) {}

    private record State(Py value, boolean ended) {}

    /** @param key a name, or {@code self.x} */
    private Flow(Evaluator evaluator, Frame frame, PythonScope scope, String key, Optional<SyntaxNode> use) {
        this.evaluator = evaluator;
        this.frame = frame;
        this.key = key;
        this.use = use;
        for (PythonDefinition one : scope.named(key)) {
            boolean elsewhere = one instanceof Assignment assignment && assignment.how() == How.GLOBAL;
            if (!elsewhere && !(one instanceof PythonDefinition.ParameterDefinition)) {
                changes.add(new Change(one.node(), Optional.of(one)));
            }
        }
        scope.touched(key).forEach(node -> changes.add(new Change(node, Optional.empty())));
    }

    /**
     * The value of a name.
     *
     * @param start its value before the body; {@link Missing} where it has none
     * @param use the place; the end of the body where it is empty
     */
    static Py value(
            Evaluator evaluator, Frame frame, PythonScope scope, String key, Py start, Optional<SyntaxNode> use) {
        Flow flow = new Flow(evaluator, frame, scope, key, use);
        if (flow.changes.isEmpty()) {
            return start;
        }
        List<SyntaxNode> body = scope.isModule()
                ? scope.node().children()
                : scope.node().child("body").map(SyntaxNode::children).orElse(List.of());
        return flow.walk(body, new State(start, false)).value();
    }

    private State walk(List<SyntaxNode> statements, State state) {
        State now = state;
        for (SyntaxNode statement : statements) {
            boolean inside = use.isPresent() && statement.contains(use.get());
            if (!inside && !touches(statement)) {
                if (statement.is("return_statement", "raise_statement", "continue_statement", "break_statement")) {
                    return new State(now.value(), true);
                }
                continue;
            }
            now = inside ? enter(statement, now) : apply(statement, now);
            if (inside || reached || now.ended()) {
                reached |= inside;
                return now;
            }
        }
        return now;
    }

    private boolean touches(SyntaxNode statement) {
        return changes.stream().anyMatch(change -> statement.contains(change.node()));
    }

    /** Into the statement that holds the place. */
    private State enter(SyntaxNode statement, State state) {
        State now = state;
        for (SyntaxNode part : statement.children()) {
            boolean inside = part.contains(use.get());
            if (inside && part.is("block")) {
                return walk(part.children(), now);
            }
            if (inside && isClause(part)) {
                return enter(part, now);
            }
            if (inside) {
                return now;
            }
            if (statement.is("try_statement") && part.is("block")) {
                // in a handler: either nothing of the body happened yet, or all of it
                State after = walk(part.children(), now);
                now = new State(Choices.of(List.of(new Option("", now.value()), new Option("", after.value()))), false);
            } else if (!part.is("block") && !isClause(part)) {
                now = simple(part, now);
            }
        }
        return now;
    }

    private static boolean isClause(SyntaxNode node) {
        return node.is(
                "elif_clause",
                "else_clause",
                "except_clause",
                "except_group_clause",
                "finally_clause",
                "case_clause",
                "block");
    }

    private State apply(SyntaxNode statement, State state) {
        return switch (statement.type()) {
            case "if_statement" -> branches(statement, state);
            case "try_statement" -> tried(statement, state);
            case "for_statement", "while_statement" -> looped(statement, state);
            case "with_statement" -> {
                State opened = statement
                        .first("with_clause")
                        .map(clause -> simple(clause, state))
                        .orElse(state);
                yield statement
                        .child("body")
                        .map(body -> walk(body.children(), opened))
                        .orElse(opened);
            }
            case "match_statement" -> matched(statement, state);
            default -> simple(statement, state);
        };
    }

    private State branches(SyntaxNode statement, State state) {
        List<Option> after = new ArrayList<>();
        String before = "";
        boolean open = true;
        List<SyntaxNode> arms = new ArrayList<>(List.of(statement));
        statement.children().stream()
                .filter(one -> one.is("elif_clause", "else_clause"))
                .forEach(arms::add);
        for (SyntaxNode arm : arms) {
            Optional<SyntaxNode> condition = arm.child("condition");
            Optional<Boolean> truth = condition.flatMap(one -> evaluator.truth(one, frame));
            if (truth.isPresent() && !truth.get()) {
                continue;
            }
            String text = condition.map(Text::brief).orElse(before);
            SyntaxNode body =
                    arm.child(arm.is("else_clause") ? "body" : "consequence").orElse(arm);
            State inside = walk(body.children(), state);
            if (!inside.ended()) {
                after.add(new Option(text, inside.value()));
            }
            before = condition.map(one -> Choices.not(Text.brief(one))).orElse(before);
            if (condition.isEmpty() || truth.isPresent()) {
                open = false;
                break;
            }
        }
        if (open) {
            after.add(new Option(before, state.value()));
        }
        return after.isEmpty() ? new State(state.value(), true) : new State(Choices.of(after), false);
    }

    private State tried(SyntaxNode statement, State state) {
        List<Option> after = new ArrayList<>();
        State body =
                statement.child("body").map(one -> walk(one.children(), state)).orElse(state);
        for (SyntaxNode part : statement.children()) {
            if (part.is("else_clause") && !body.ended()) {
                State before = body;
                body = part.child("body")
                        .map(one -> walk(one.children(), before))
                        .orElse(before);
            }
        }
        if (!body.ended()) {
            after.add(new Option("", body.value()));
        }
        for (SyntaxNode part : statement.children()) {
            if (part.is("except_clause", "except_group_clause")) {
                State handled = part.first("block")
                        .map(one -> walk(one.children(), state))
                        .orElse(state);
                String what = part.child("value").map(Text::brief).orElse("an exception");
                if (!handled.ended()) {
                    after.add(new Option("on " + what, handled.value()));
                }
            }
        }
        State joined = after.isEmpty() ? new State(state.value(), true) : new State(Choices.of(after), false);
        for (SyntaxNode part : statement.children()) {
            if (part.is("finally_clause") && !joined.ended()) {
                State before = joined;
                joined = part.first("block")
                        .map(one -> walk(one.children(), before))
                        .orElse(before);
            }
        }
        return joined;
    }

    private State looped(SyntaxNode statement, State state) {
        State bound = statement.child("left").map(left -> simple(left, state)).orElse(state);
        State body =
                statement.child("body").map(one -> walk(one.children(), bound)).orElse(bound);
        return new State(
                Choices.of(List.of(new Option("in the loop", body.value()), new Option("", state.value()))), false);
    }

    private State matched(SyntaxNode statement, State state) {
        List<Option> after = new ArrayList<>();
        boolean open = true;
        for (SyntaxNode arm : statement.child("body").map(SyntaxNode::children).orElse(List.of())) {
            if (arm.is("case_clause")) {
                String pattern = arm.first("case_pattern").map(Text::brief).orElse("");
                State inside = arm.child("consequence")
                        .map(one -> walk(one.children(), state))
                        .orElse(state);
                if (!inside.ended()) {
                    after.add(new Option(statement.text("subject") + " is " + pattern, inside.value()));
                }
                open &= !pattern.equals("_");
            }
        }
        if (open) {
            after.add(new Option("", state.value()));
        }
        return after.isEmpty() ? new State(state.value(), true) : new State(Choices.of(after), false);
    }

    private State simple(SyntaxNode statement, State state) {
        Py value = state.value();
        for (Change change : changes) {
            if (statement.contains(change.node())) {
                value = change.definition().isPresent()
                        ? bound(change.definition().get(), value)
                        : changed(change.node(), value);
            }
        }
        return new State(value, false);
    }

    private Py bound(PythonDefinition definition, Py before) {
        if (!(definition instanceof Assignment assignment)) {
            return evaluator.defined(definition, frame);
        }
        Optional<SyntaxNode> value = assignment.value();
        if (value.isEmpty()) {
            return assignment.how() == How.PLAIN && before instanceof Missing
                    ? evaluator.typed(assignment.annotation(), assignment.target())
                    : assignment.how() == How.PLAIN ? before : Py.unknown("bound by a loop", assignment.target());
        }
        return switch (assignment.how()) {
            case PLAIN -> assigned(assignment, value.get());
            case CHANGED -> evaluator.arithmetic().changed(assignment.target(), before, value.get(), frame);
            case UNPACKED -> unpacked(assignment, value.get());
            case WITH, LOOP, EXCEPT, GLOBAL -> Py.unknown("bound by a statement", assignment.target());
        };
    }

    private Py assigned(Assignment assignment, SyntaxNode value) {
        Py made = evaluator.value(value, frame);
        return made instanceof Py.Unknown && assignment.annotation().isPresent()
                ? Evaluator.firstKnown(evaluator.typed(assignment.annotation(), assignment.target()), made)
                : made;
    }

    private Py unpacked(Assignment assignment, SyntaxNode value) {
        Py whole = evaluator.value(value, frame);
        List<SyntaxNode> targets =
                assignment.target().parent().map(SyntaxNode::children).orElse(List.of());
        int at = targets.indexOf(assignment.target());
        return whole instanceof Items items && items.items().size() == targets.size() && at >= 0
                ? evaluator.force(items.items().get(at))
                : Py.unknown("unpacked out of " + Text.brief(value), assignment.target());
    }

    private Py changed(SyntaxNode node, Py before) {
        if (node.is("attribute")) { // self.x = value
            return node.parent()
                    .flatMap(up -> up.child("right"))
                    .map(right -> evaluator.value(right, frame))
                    .orElse(before);
        }
        return Choices.each(before, one -> one instanceof Dict dict ? changed(node, dict) : one);
    }

    private Py changed(SyntaxNode node, Dict dict) {
        if (node.is("subscript")) {
            return item(node, dict);
        }
        Py.Arguments arguments = evaluator.arguments(node, frame);
        return switch (node.child("function").map(one -> one.text("attribute")).orElse("")) {
            case "update" -> updated(dict, arguments);
            case "setdefault" ->
                arguments.at(0, "") instanceof Py.Const known && known.value() instanceof String text
                        ? dict.entries().containsKey(text) ? dict : dict.with(text, arguments.at(1, "default"))
                        : dict.open();
            case "pop" -> {
                if (arguments.at(0, "") instanceof Py.Const known && known.value() instanceof String text) {
                    yield dict.with(text, new Missing());
                }
                yield dict.open();
            }
            default -> dict;
        };
    }

    /** {@code d["k"] = value}, and {@code d["k"]["inner"] = value}, where {@code d["k"]} is a dictionary too. */
    private Py item(SyntaxNode target, Dict dict) {
        Optional<SyntaxNode> right = target.parent().flatMap(up -> up.child("right"));
        boolean plain = target.parent().filter(up -> up.is("assignment")).isPresent();
        List<String> keys = new ArrayList<>();
        SyntaxNode at = target;
        while (at.is("subscript") && !at.text().equals(key) && keys.size() < 8) {
            Py name = at.child("subscript")
                    .map(index -> evaluator.value(index, frame))
                    .orElse(new Missing());
            if (!(name instanceof Py.Const known && known.value() instanceof String text)) {
                return dict.open();
            }
            keys.addFirst(text);
            at = at.child("value").orElse(target);
        }
        return right.isPresent() && plain && !keys.isEmpty()
                ? with(dict, keys, new Py.Later(right.get(), frame))
                : dict.open();
    }

    private Dict with(Dict dict, List<String> keys, Py value) {
        String first = keys.getFirst();
        if (keys.size() == 1) {
            return dict.with(first, value);
        }
        return evaluator.force(dict.entries().getOrDefault(first, new Missing())) instanceof Dict inner
                ? dict.with(first, with(inner, keys.subList(1, keys.size()), value))
                : dict.open();
    }

    private Py updated(Dict dict, Py.Arguments arguments) {
        Dict named = dict.with(new Dict(arguments.named(), arguments.complete(), dict.origin()));
        if (arguments.positional().isEmpty()) {
            return named;
        }
        return Choices.each(
                evaluator.force(arguments.positional().getFirst()),
                one -> one instanceof Dict more
                        ? dict.with(more).with(new Dict(arguments.named(), true, dict.origin()))
                        : named.open());
    }
}
