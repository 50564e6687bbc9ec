package dev.poolwright.scan.python;

import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.python.Py.Arguments;
import dev.poolwright.scan.python.Py.Callable;
import dev.poolwright.scan.python.Py.Const;
import dev.poolwright.scan.python.Py.Dict;
import dev.poolwright.scan.python.Py.External;
import dev.poolwright.scan.python.Py.Instance;
import dev.poolwright.scan.python.Py.Items;
import dev.poolwright.scan.python.Py.Made;
import dev.poolwright.scan.python.Py.Missing;
import dev.poolwright.scan.python.Py.Option;
import dev.poolwright.scan.python.Py.Partial;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Calls: of functions of the tree, of built-in functions, of the libraries that read the environment. */
final class Calls {

    private static final int MOST_CALLERS = 4;

    private final Evaluator evaluator;
    private final Objects objects;
    private final EnvironmentLibraries libraries;

    Calls(Evaluator evaluator, Objects objects, Surroundings surroundings) {
        this.evaluator = evaluator;
        this.objects = objects;
        this.libraries = new EnvironmentLibraries(evaluator, surroundings);
    }

    Py value(SyntaxNode call, Frame frame) {
        Optional<SyntaxNode> function = call.child("function");
        if (function.isEmpty()) {
            return Py.unknown("a call", call);
        }
        if (function.get().is("attribute") && function.get().child("object").isPresent()) {
            SyntaxNode object = function.get().child("object").get();
            if (object.is("call") && object.text("function").equals("super")) {
                return Py.unknown("a call of a base class", call);
            }
            boolean self = object.is("identifier") && object.text().equals("self");
            Py owner = self ? new Missing() : evaluator.value(object, frame);
            if (!(owner instanceof Missing)) {
                String method = function.get().text("attribute");
                return Choices.each(owner, one -> method(one, method, call, function.get(), frame));
            }
        }
        Py callee = evaluator.value(function.get(), frame);
        return Choices.each(callee, one -> called(one, call, frame));
    }

    private Py method(Py owner, String name, SyntaxNode call, SyntaxNode function, Frame frame) {
        return switch (owner) {
            case Const known -> {
                yield known.value() instanceof String text
                        ? ofText(known, text, name, call, frame)
                        : Py.unknown("a method of a constant", call);
            }
            case Partial partial -> {
                yield name.equals("replace") || name.equals("format") || name.equals("strip")
                        ? partial
                        : Py.unknown("a method of a text that is not known", call);
            }
            case Dict dict -> {
                yield ofDict(dict, name, call, frame);
            }
            case Made made -> {
                Optional<Py> read = libraries.method(made, name, evaluator.arguments(call, frame), call);
                yield read.orElseGet(
                        () -> new Made(made.dottedName() + "." + name, evaluator.arguments(call, frame), call));
            }
            case Py.Unknown unknown -> {
                yield unknown;
            }
            default -> {
                yield Choices.each(objects.attribute(owner, name, function), one -> called(one, call, frame));
            }
        };
    }

    private Py called(Py callee, SyntaxNode call, Frame frame) {
        return switch (callee) {
            case Callable function -> {
                yield call(function, evaluator.arguments(call, frame), call);
            }
            case Py.Type type -> {
                yield instance(type.type(), evaluator.arguments(call, frame));
            }
            case External outside -> {
                Arguments arguments = evaluator.arguments(call, frame);
                if (outside.dottedName().indexOf('.') < 0) {
                    yield Builtins.call(outside.dottedName(), arguments, call, evaluator, objects)
                            .orElse(Py.unknown("a call of " + outside.dottedName() + "()", call));
                }
                yield outside(outside, arguments, call);
            }
            case Made made -> {
                yield libraries
                        .method(made, "__call__", evaluator.arguments(call, frame), call)
                        .orElse(Py.unknown("a call of an object from outside", call));
            }
            case Py.Unknown unknown -> {
                yield unknown;
            }
            default -> {
                yield Py.unknown("a call", call);
            }
        };
    }

    private Py outside(External outside, Arguments arguments, SyntaxNode call) {
        return switch (outside.dottedName()) {
            case "functools.partial" -> {
                yield Choices.each(evaluator.force(arguments.at(0, "func")), one -> switch (one) {
                    case Callable function ->
                        new Callable(function.function(), function.self(), merged(function.given(), arguments.named()));
                    case External other ->
                        new External(
                                other.dottedName(),
                                other.origin(),
                                merged(other.given(), arguments.named()),
                                other.trail());
                    default -> Py.unknown("a partial", call);
                });
            }
            case "typing.cast" -> {
                yield evaluator.force(arguments.at(1, "val"));
            }
            case "fastapi.Depends", "fastapi.params.Depends" -> {
                Py given = evaluator.force(arguments.at(0, "dependency"));
                yield Choices.each(
                        given,
                        one -> one instanceof Callable function
                                ? call(function, new Arguments(List.of(), Map.of(), Map.of(), true), call)
                                : one instanceof Py.Type type
                                        ? new Instance(type.type(), Map.of())
                                        : Py.unknown("a dependency", call));
            }
            case "datetime.timedelta" -> {
                Py seconds = arguments.at(-1, "seconds");
                yield evaluator.force(seconds) instanceof Const known
                                && arguments.named().size() == 1
                        ? known
                        : Py.unknown("a duration", call);
            }
            default -> {
                Arguments all = outside.given().isEmpty()
                        ? arguments
                        : new Arguments(
                                arguments.positional(),
                                merged(outside.given(), arguments.named()),
                                arguments.nodes(),
                                arguments.complete());
                yield libraries
                        .function(outside.dottedName(), all, call)
                        .orElse(new Made(outside.dottedName(), all, call));
            }
        };
    }

    private static Map<String, Py> merged(Map<String, Py> first, Map<String, Py> second) {
        Map<String, Py> both = new LinkedHashMap<>(first);
        both.putAll(second);
        return both;
    }

    private Py instance(PythonClass type, Arguments arguments) {
        Map<String, Py> byName = new LinkedHashMap<>(arguments.named());
        for (PythonDefinition one : evaluator.index().member(type, "__init__")) {
            if (one instanceof PythonDefinition.FunctionDefinition constructor) {
                byName = bound(constructor.function(), arguments, true);
            }
        }
        return new Instance(type, byName);
    }

    Frame frame(PythonFunction function, Arguments arguments) {
        boolean method = function.classNode().isPresent()
                && function.decorators().stream().noneMatch(one -> one.text().equals("staticmethod"));
        return new Frame(List.of(function), bound(function, arguments, method), List.of(), arguments.complete());
    }

    Py call(Callable function, Arguments arguments, SyntaxNode call) {
        PythonFunction body = function.function();
        if (body.decorators().stream().anyMatch(one -> one.text().contains("contextmanager"))) {
            return Py.unknown("a context", call);
        }
        boolean method = body.classNode().isPresent()
                && body.decorators().stream().noneMatch(one -> one.text().equals("staticmethod"));
        Map<String, Py> given = merged(function.given(), bound(body, arguments, method));
        return Returns.of(evaluator, body, new Frame(List.of(body), given, function.self(), arguments.complete()));
    }

    private Map<String, Py> bound(PythonFunction function, Arguments arguments, boolean method) {
        Map<String, Py> byName = new LinkedHashMap<>();
        List<PythonParameter> parameters = function.parameters();
        int at = method ? 1 : 0;
        Map<String, Py> rest = new LinkedHashMap<>();
        for (Py one : arguments.positional()) {
            if (at < parameters.size() && parameters.get(at).kind() == PythonParameter.Kind.ONE) {
                byName.put(parameters.get(at++).name(), one);
            }
        }
        arguments.named().forEach((name, value) -> {
            if (function.parameter(name).isPresent()) {
                byName.put(name, value);
            } else {
                rest.put(name, value);
            }
        });
        for (PythonParameter one : parameters) {
            if (one.kind() == PythonParameter.Kind.KEYWORDS) {
                byName.put(
                        one.name(),
                        new Dict(rest, arguments.complete(), one.node().origin()));
            }
        }
        return byName;
    }

    /** What a parameter stands for when the body begins. */
    Py parameter(PythonFunction function, PythonParameter parameter, Frame frame) {
        if (frame.arguments().containsKey(parameter.name())) {
            return evaluator.force(frame.arguments().getOrDefault(parameter.name(), new Missing()));
        }
        boolean first = !function.parameters().isEmpty()
                && function.parameters().getFirst().equals(parameter);
        Optional<PythonClass> owner = function.classNode()
                .flatMap(node -> evaluator.index().module(node).flatMap(m -> m.type(node)));
        if (first
                && owner.isPresent()
                && function.decorators().stream().noneMatch(one -> one.text().equals("staticmethod"))) {
            return frame.self().isEmpty()
                    ? new Instance(owner.get(), Map.of())
                    : frame.self().getFirst();
        }
        Py otherwise = parameter
                .defaultValue()
                .map(value -> asDefault(evaluator.value(value, Frame.TOP), function, parameter))
                .orElse(new Missing());
        if (frame.known()) {
            return otherwise instanceof Missing ? typed(parameter) : otherwise;
        }
        Py called = byCallers(function, parameter, otherwise);
        if (!(called instanceof Missing)) {
            return called;
        }
        return otherwise instanceof Missing || isNone(otherwise)
                ? Evaluator.firstKnown(typed(parameter), Py.unknown("parameter " + parameter.name(), parameter.node()))
                : otherwise;
    }

    private static boolean isNone(Py value) {
        return value instanceof Const known && known.isNone();
    }

    private Py typed(PythonParameter parameter) {
        return evaluator.typed(parameter.annotation(), parameter.node());
    }

    private static Py asDefault(Py value, PythonFunction function, PythonParameter parameter) {
        return value instanceof Const known
                ? known.then(new Step(
                        "default of " + parameter.name() + " in " + function.name() + "()",
                        parameter.node().origin()))
                : value;
    }

    /** What the few calls of the function give; missing where there is none that is seen, or too many. */
    private Py byCallers(PythonFunction function, PythonParameter parameter, Py otherwise) {
        Optional<List<SyntaxNode>> calls = Callers.of(evaluator.project()).of(function);
        if (calls.isEmpty() || calls.get().isEmpty()) {
            return new Missing();
        }
        List<Option> options = new ArrayList<>();
        boolean method = function.classNode().isPresent()
                && function.decorators().stream().noneMatch(one -> one.text().equals("staticmethod"));
        for (SyntaxNode call : calls.get()) {
            if (options.size() >= MOST_CALLERS) {
                options.add(new Option("", Py.unknown("more calls than are followed", call)));
                break;
            }
            Frame around = evaluator.around(call);
            Arguments arguments = evaluator.arguments(call, around);
            Py given = bound(function, arguments, method).getOrDefault(parameter.name(), new Missing());
            Py value = given instanceof Missing ? arguments.complete() ? otherwise : given : evaluator.force(given);
            if (value instanceof Missing) {
                value = Py.unknown("not seen in a call", call);
            }
            options.add(new Option(
                    calls.get().size() == 1 ? "" : "called in " + call.source().file() + ":" + call.line(), value));
        }
        return Choices.of(options);
    }

    private Py ofText(Const known, String text, String method, SyntaxNode call, Frame frame) {
        Arguments arguments = evaluator.arguments(call, frame);
        return switch (method) {
            case "lower" -> known.with(text.toLowerCase(Locale.ROOT));
            case "upper" -> known.with(text.toUpperCase(Locale.ROOT));
            case "strip" -> arguments.positional().isEmpty() ? known.with(text.strip()) : known;
            case "replace" ->
                evaluator.force(arguments.at(0, "")) instanceof Const from
                                && evaluator.force(arguments.at(1, "")) instanceof Const to
                        ? known.with(text.replace(String.valueOf(from.value()), String.valueOf(to.value())))
                        : new Partial(text, known.origin());
            case "startsWith", "startswith" ->
                evaluator.force(arguments.at(0, "")) instanceof Const start
                        ? new Const(
                                text.startsWith(String.valueOf(start.value())),
                                known.origin(),
                                known.trail(),
                                known.firm())
                        : Py.unknown("a test of a text", call);
            case "format" -> formatted(known, text, arguments);
            case "encode", "unicode_string", "get_secret_value" -> known;
            default -> Py.unknown("a method of a text", call);
        };
    }

    private Py formatted(Const known, String text, Arguments arguments) {
        String filled = text;
        boolean all = true;
        for (int i = 0; i < arguments.positional().size(); i++) {
            Py value = evaluator.force(arguments.positional().get(i));
            String put = value instanceof Const one ? String.valueOf(one.value()) : "{…}";
            all &= value instanceof Const;
            filled = filled.contains("{" + i + "}")
                    ? filled.replace("{" + i + "}", put)
                    : filled.replaceFirst("\\{\\}", java.util.regex.Matcher.quoteReplacement(put));
        }
        for (Map.Entry<String, Py> one : arguments.named().entrySet()) {
            Py value = evaluator.force(one.getValue());
            all &= value instanceof Const;
            filled = value instanceof Const constant
                    ? filled.replace("{" + one.getKey() + "}", String.valueOf(constant.value()))
                    : filled;
        }
        return all && arguments.complete() ? known.with(filled) : new Partial(filled, known.origin());
    }

    private Py ofDict(Dict dict, String method, SyntaxNode call, Frame frame) {
        Arguments arguments = evaluator.arguments(call, frame);
        return switch (method) {
            case "copy" -> dict;
            case "get", "pop", "setdefault" -> {
                Optional<String> key = Surroundings.name(evaluator.force(arguments.at(0, "key")));
                if (key.isEmpty()) {
                    yield Py.unknown("an item that is not seen", call);
                }
                Py found = evaluator.force(dict.entries().getOrDefault(key.get(), new Missing()));
                yield !(found instanceof Missing)
                        ? found
                        : dict.complete()
                                ? evaluator.force(arguments.at(1, "default"))
                                : Py.unknown("not seen in the dict", call);
            }
            case "values" -> new Items(List.copyOf(dict.entries().values()), dict.origin());
            default -> Py.unknown("a method of a dict", call);
        };
    }
}
