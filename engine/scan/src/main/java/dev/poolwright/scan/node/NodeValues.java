package dev.poolwright.scan.node;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.model.fleet.Value.Case;
import dev.poolwright.scan.infra.Variables;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Expressions to values, with how they got there. Numbers are {@code Long} or {@code Double}. Bounded; nothing is run. */
final class NodeValues {

    private static final int DEEPEST = 20;
    private static final Set<String> NUMBERS =
            Set.of("Number", "parseInt", "parseFloat", "Number.parseInt", "Number.parseFloat", "String", "BigInt");

    private final NodeNames names;
    private final NodeConfigFiles configFiles;
    private final Variables variables;

    NodeValues(Project project) {
        this.names = new NodeNames(NodeIndex.of(project));
        this.configFiles = new NodeConfigFiles(project);
        this.variables = project.view(Variables.class, Variables::of);
    }

    NodeNames names() {
        return names;
    }

    /** The value of an expression. */
    Value<Object> of(NodeModule module, SyntaxNode node) {
        return of(module, node, 0);
    }

    /** The value of a setting; where it stands under a condition, that is said. */
    Value<Object> of(NodeOptions.Option option) {
        Value<Object> value = of(option.module(), option.value());
        return option.condition().isEmpty()
                ? value
                : new Value.OneOf<>(
                        List.of(
                                new Case<>(option.condition(), value),
                                new Case<>(
                                        "else",
                                        new Value.Unknown<>(
                                                "not written",
                                                "what " + option.condition() + " gives",
                                                value.origin()))),
                        value.origin());
    }

    private Value<Object> of(NodeModule module, SyntaxNode expression, int depth) {
        SyntaxNode node = NodeNames.bare(expression);
        Origin origin = node.origin();
        if (depth > DEEPEST) {
            return unknown("too many steps", origin);
        }
        return switch (node.type()) {
            case "number" ->
                number(node.text())
                        .map(one -> Value.known(one, origin))
                        .orElseGet(() -> unknown("not a number", origin));
            case "string" -> Value.known(Texts.string(node), origin);
            case "template_string" -> template(module, node, depth);
            case "true" -> Value.known(true, origin);
            case "false" -> Value.known(false, origin);
            case "null", "undefined" -> unknown("not written", origin);
            case "unary_expression" -> unary(module, node, depth);
            case "binary_expression" -> binary(module, node, depth);
            case "ternary_expression" -> ternary(module, node, depth);
            case "call_expression" -> call(module, node, depth);
            default -> followed(module, node, depth);
        };
    }

    private Value<Object> followed(NodeModule module, SyntaxNode node, int depth) {
        return switch (names.of(module, node)) {
            case Meaning.Variable variable -> environment(variable, module, depth);
            case Meaning.Code code ->
                code.node() == node || code.node().is("object", "new_expression")
                        ? unknown(Texts.brief(node) + " cannot be followed", node.origin())
                        : traced(of(code.module(), code.node(), depth + 1), code.trail());
            case Meaning.Foreign foreign ->
                foreign.source().equals("config")
                        ? configFiles.value(module.file(), foreign.path(), node.origin())
                        : unknown(Texts.brief(node) + " cannot be followed", node.origin());
            case Meaning.Open open -> unknown(Texts.brief(node) + " is a parameter", "who calls it", node.origin());
            case Meaning.Unclear unclear -> unknown(unclear.why(), node.origin());
            default -> unknown(Texts.brief(node) + " cannot be followed", node.origin());
        };
    }

    /** An environment variable that something other than code names. */
    Value<Object> variable(String name, NodeModule user, Origin origin) {
        return environment(new Meaning.Variable(name, Optional.empty(), origin), user, 0);
    }

    private Value<Object> environment(Meaning.Variable variable, NodeModule module, int depth) {
        SourceFile user = module.file();
        Origin origin = variable.origin();
        Value<Object> fallback = variable.fallback()
                .map(code -> traced(of(code.module(), code.node(), depth + 1), code.trail()))
                .map(value ->
                        traced(value, List.of(new Step("default of environment variable " + variable.name(), origin))))
                .orElseGet(() -> new Value.Unknown<>(
                        "environment variable " + variable.name() + " is not set in this tree",
                        "its value where this runs",
                        origin));
        return variables
                .set(variable.name(), user)
                .map(set -> parsed(variables.orDefault(variable.name(), texts(fallback), user)))
                .orElse(fallback);
    }

    private static Value<String> texts(Value<Object> value) {
        return switch (value) {
            case Value.Known<Object> known -> Value.known(String.valueOf(known.value()), known.origin(), known.trail());
            case Value.OneOf<Object> one ->
                new Value.OneOf<>(
                        one.cases().stream()
                                .map(each -> new Case<>(each.condition(), texts(each.value())))
                                .toList(),
                        one.origin());
            case Value.Unknown<Object> unknown ->
                new Value.Unknown<>(unknown.why(), unknown.settledBy(), unknown.origin());
            case Value.Default<Object> preset ->
                new Value.Default<>(String.valueOf(preset.value()), preset.library(), preset.versions());
            case Value.Between<Object> between ->
                new Value.Between<>(
                        String.valueOf(between.low()), String.valueOf(between.high()), between.why(), between.origin());
        };
    }

    private static Value<Object> parsed(Value<String> value) {
        return switch (value) {
            case Value.Known<String> known -> Value.known(parsed(known.value()), known.origin(), known.trail());
            case Value.OneOf<String> one ->
                new Value.OneOf<>(
                        one.cases().stream()
                                .map(each -> new Case<>(each.condition(), parsed(each.value())))
                                .toList(),
                        one.origin());
            case Value.Unknown<String> unknown ->
                new Value.Unknown<>(unknown.why(), unknown.settledBy(), unknown.origin());
            case Value.Default<String> preset ->
                new Value.Default<>(parsed(preset.value()), preset.library(), preset.versions());
            case Value.Between<String> between ->
                new Value.Between<>(parsed(between.low()), parsed(between.high()), between.why(), between.origin());
        };
    }

    /** The text of an environment variable or a file: a number or a boolean where it reads as one. */
    static Object parsed(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        return number(text).orElse(text);
    }

    private Value<Object> template(NodeModule module, SyntaxNode node, int depth) {
        StringBuilder text = new StringBuilder();
        int at = node.start() + 1;
        for (SyntaxNode part : node.children()) {
            if (part.is("template_substitution")) {
                text.append(node.source().slice(at, part.start()));
                Optional<Object> value = part.children().stream()
                        .findFirst()
                        .flatMap(one -> of(module, one, depth + 1).single());
                text.append(value.map(String::valueOf).orElse("${" + inner(part) + "}"));
                at = part.end();
            }
        }
        text.append(node.source().slice(at, Math.max(at, node.end() - 1)));
        return Value.known(text.toString(), node.origin());
    }

    private static String inner(SyntaxNode substitution) {
        return substitution.children().stream().findFirst().map(Texts::brief).orElse("");
    }

    private Value<Object> unary(NodeModule module, SyntaxNode node, int depth) {
        String operator = node.text("operator");
        Value<Object> value = of(
                module,
                node.child("argument").orElse(node),
                node.child("argument").isPresent() ? depth + 1 : DEEPEST + 1);
        return switch (operator) {
            case "+" -> numeric(value);
            case "-" ->
                mapped(
                        value,
                        one -> one instanceof Long n
                                ? Optional.of(-n)
                                : one instanceof Double d ? Optional.of(-d) : Optional.empty());
            case "!" -> mapped(value, one -> one instanceof Boolean b ? Optional.of(!b) : Optional.empty());
            default -> unknown(Texts.brief(node), node.origin());
        };
    }

    private Value<Object> binary(NodeModule module, SyntaxNode node, int depth) {
        SyntaxNode left = node.child("left").orElse(node);
        SyntaxNode right = node.child("right").orElse(node);
        String operator = node.text("operator");
        if (operator.equals("||") || operator.equals("??")) {
            Optional<Meaning.Variable> variable = variable(module, left, 0);
            if (variable.isPresent() && variable.get().fallback().isEmpty()) {
                Meaning.Variable one = variable.get();
                return numericIfNumber(
                        left,
                        environment(
                                new Meaning.Variable(
                                        one.name(), Optional.of(Meaning.Code.of(module, right)), one.origin()),
                                module,
                                depth));
            }
            Value<Object> first = of(module, left, depth + 1);
            if (!first.possible().isEmpty()
                    && first.single().filter(NodeValues::isNothing).isEmpty()) {
                return first;
            }
            Value<Object> second = of(module, right, depth + 1);
            return first instanceof Value.Unknown<Object> unknown
                            && unknown.why().endsWith("is a parameter")
                    ? new Value.OneOf<>(
                            List.of(
                                    new Case<>(Texts.brief(left) + " given", first),
                                    new Case<>(Texts.brief(left) + " not given", second)),
                            second.origin())
                    : second;
        }
        Optional<Object> a = of(module, left, depth + 1).single();
        Optional<Object> b = of(module, right, depth + 1).single();
        if (a.isPresent() && b.isPresent()) {
            Optional<Object> result = Arithmetic.of(operator, a.get(), b.get());
            if (result.isPresent()) {
                return Value.known(result.get(), node.origin(), List.of(new Step(Texts.brief(node), node.origin())));
            }
        }
        return unknown(Texts.brief(node) + " is not known", node.origin());
    }

    private static boolean isNothing(Object value) {
        return value.equals(0L) || value.equals("") || value.equals(false);
    }

    private Value<Object> ternary(NodeModule module, SyntaxNode node, int depth) {
        SyntaxNode condition = node.child("condition").orElse(node);
        SyntaxNode yes = node.child("consequence").orElse(node);
        SyntaxNode no = node.child("alternative").orElse(node);
        Optional<Meaning.Variable> tested = variable(module, condition, 0);
        Optional<Meaning.Variable> taken = variable(module, yes, 0);
        if (tested.isPresent()
                && taken.isPresent()
                && tested.get().name().equals(taken.get().name())) {
            return environment(
                    new Meaning.Variable(tested.get().name(), Optional.of(Meaning.Code.of(module, no)), node.origin()),
                    module,
                    depth);
        }
        Value<Object> whenTrue = of(module, yes, depth + 1);
        Value<Object> whenFalse = of(module, no, depth + 1);
        return new Value.OneOf<>(
                List.of(
                        new Case<>(Texts.brief(condition), whenTrue),
                        new Case<>("not " + Texts.brief(condition), whenFalse)),
                node.origin());
    }

    /** The environment variable that an expression turns into a number or a text, if it does nothing else. */
    private Optional<Meaning.Variable> variable(NodeModule module, SyntaxNode expression, int depth) {
        SyntaxNode node = NodeNames.bare(expression);
        if (depth > 6) {
            return Optional.empty();
        }
        if (node.is("unary_expression") && node.text("operator").equals("+")) {
            return node.child("argument").flatMap(one -> variable(module, one, depth + 1));
        }
        if (node.is("call_expression") && converts(node)) {
            Optional<SyntaxNode> argument = Texts.argument(node, 0);
            if (argument.isPresent()) {
                return variable(module, argument.get(), depth + 1);
            }
        }
        Meaning meaning = names.of(module, node);
        if (meaning instanceof Meaning.Variable variable) {
            return Optional.of(variable);
        }
        return meaning instanceof Meaning.Code code
                        && code.node() != node
                        && code.node().is("call_expression", "unary_expression")
                ? variable(code.module(), code.node(), depth + 1)
                : Optional.empty();
    }

    private static boolean converts(SyntaxNode call) {
        return NUMBERS.contains(call.text("function"))
                || Texts.called(call)
                        .matches("(?i)(to|parse|as)(Optional)?_?(number|int|integer|string|boolean|float|bool).*");
    }

    private Value<Object> call(NodeModule module, SyntaxNode call, int depth) {
        Optional<SyntaxNode> argument = Texts.argument(call, 0);
        if (converts(call) && argument.isPresent()) {
            return numericIfNumber(call, of(module, argument.get(), depth + 1));
        }
        String function = call.text("function");
        if (function.startsWith("Math.") && argument.isPresent()) {
            List<Object> arguments = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Optional<SyntaxNode> one = Texts.argument(call, i);
                one.flatMap(node -> of(module, node, depth + 1).single()).ifPresent(arguments::add);
                if (one.isPresent() && arguments.size() <= i) {
                    return unknown(Texts.brief(call) + " is not known", call.origin());
                }
            }
            return Arithmetic.math(function.substring(5), arguments)
                    .map(one -> Value.known(one, call.origin(), List.of(new Step(Texts.brief(call), call.origin()))))
                    .orElseGet(() -> unknown(Texts.brief(call), call.origin()));
        }
        Optional<SyntaxNode> receiver = Texts.receiver(call);
        Optional<String> key = argument.flatMap(Texts::literal);
        if (Texts.called(call).equals("get")
                && receiver.isPresent()
                && key.isPresent()
                && names.of(module, receiver.get()) instanceof Meaning.Foreign foreign
                && foreign.source().equals("config")) {
            return configFiles.value(module.file(), List.of(key.get().split("\\.", -1)), call.origin());
        }
        return followed(module, call, depth);
    }

    private static Value<Object> numericIfNumber(SyntaxNode converter, Value<Object> value) {
        SyntaxNode node = NodeNames.bare(converter);
        return node.text("function").equals("String") ? value : numeric(value);
    }

    /** Texts that read as numbers become numbers. */
    static Value<Object> numeric(Value<Object> value) {
        return mapped(
                value,
                one -> one instanceof String text
                        ? number(text.strip()).or(() -> Optional.of(text))
                        : Optional.of(one));
    }

    private interface Change {
        Optional<Object> of(Object value);
    }

    private static Value<Object> mapped(Value<Object> value, Change change) {
        return switch (value) {
            case Value.Known<Object> known ->
                change.of(known.value())
                        .map(one -> Value.known(one, known.origin(), known.trail()))
                        .orElseGet(() -> unknown("not a number", known.origin()));
            case Value.OneOf<Object> one ->
                new Value.OneOf<>(
                        one.cases().stream()
                                .map(each -> new Case<>(each.condition(), mapped(each.value(), change)))
                                .toList(),
                        one.origin());
            case Value.Default<Object> preset -> preset;
            case Value.Between<Object> between -> between;
            case Value.Unknown<Object> unknown -> unknown;
        };
    }

    static Value<Object> traced(Value<Object> value, List<Step> steps) {
        if (steps.isEmpty() || !(value instanceof Value.Known<Object> known)) {
            return value;
        }
        List<Step> trail = new ArrayList<>(known.trail());
        trail.addAll(steps);
        return Value.known(known.value(), known.origin(), trail);
    }

    private static Value<Object> unknown(String why, Origin origin) {
        return unknown(why, "the code at " + origin, origin);
    }

    private static Value<Object> unknown(String why, String settledBy, Origin origin) {
        return new Value.Unknown<>(why, settledBy, origin);
    }

    /** {@code 10}, {@code 60_000}, {@code 1e4}, {@code 0x10}, {@code 0.5}. */
    static Optional<Object> number(String text) {
        String digits = text.replace("_", "");
        try {
            if (digits.matches("0[xX][0-9a-fA-F]{1,15}")) {
                return Optional.of(Long.parseLong(digits.substring(2), 16));
            }
            if (digits.matches("-?\\d{1,18}n?")) {
                return Optional.of(Long.parseLong(digits.replace("n", "")));
            }
            if (digits.matches("-?\\d{0,18}\\.?\\d{0,18}([eE][+-]?\\d{1,3})?") && digits.matches(".*\\d.*")) {
                double value = Double.parseDouble(digits);
                return value == Math.rint(value) && Math.abs(value) < 1e15
                        ? Optional.of((long) value)
                        : Optional.of(value);
            }
        } catch (NumberFormatException odd) {
            return Optional.empty(); // 1e, or the like: not a number
        }
        return Optional.empty();
    }
}
