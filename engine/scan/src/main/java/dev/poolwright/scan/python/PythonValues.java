package dev.poolwright.scan.python;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.python.Py.Const;
import dev.poolwright.scan.python.Py.Missing;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Python expressions evaluate to: through names, branches, imports, settings classes, functions, dicts and environment
 * variables. Everything is bounded; what passes a bound or depends on run time is {@link Value.Unknown}. Stateless; safe to share.
 */
public final class PythonValues {

    private final Project project;
    private final PythonIndex index;

    private PythonValues(Project project) {
        this.project = project;
        this.index = project.view(PythonIndex.class, PythonIndex::of);
    }

    /** To be asked for as {@code project.view(PythonValues.class, PythonValues::of)}. */
    public static PythonValues of(Project project) {
        return new PythonValues(project);
    }

    /**
     * The value of an expression where it stands: {@code Long}, {@code Double}, {@code String} or {@code Boolean}; a class or
     * function gives its simple name. Unknown for {@code None} too.
     */
    public Value<Object> value(SyntaxNode expression) {
        Evaluator evaluator = evaluator();
        return asValue(evaluator.value(expression, evaluator.around(expression)))
                .orElse(Value.unknown("nothing: " + Text.brief(expression), "another value"));
    }

    /** The arguments of a call by keyword, splats unpacked; those that are {@code None} or may be left out are not there. */
    public Map<String, Value<Object>> keywords(SyntaxNode call) {
        Evaluator evaluator = evaluator();
        Map<String, Value<Object>> values = new LinkedHashMap<>();
        evaluator
                .arguments(call, evaluator.around(call))
                .named()
                .forEach((name, value) -> asValue(evaluator.force(value)).ifPresent(known -> values.put(name, known)));
        return values;
    }

    Evaluator evaluator() {
        return new Evaluator(project, index);
    }

    /** Empty for {@code None} and for what is not set. */
    static Optional<Value<Object>> asValue(Py value) {
        return switch (value) {
            case Const known ->
                known.isNone()
                        ? Optional.empty()
                        : Optional.of(Value.known(known.value(), known.origin(), known.trail()));
            case Missing ignored -> Optional.empty();
            case Py.External outside ->
                Optional.of(Value.known(outside.simpleName(), outside.origin(), outside.trail()));
            case Py.Type type -> Optional.of(Value.known(type.type().name(), type.origin()));
            case Py.Callable function ->
                Optional.of(Value.known(
                        function.function().name(), function.function().node().origin()));
            case Py.Unknown unknown ->
                Optional.of(new Value.Unknown<>(unknown.why(), unknown.settledBy(), unknown.origin()));
            case Py.Partial partial ->
                Optional.of(new Value.Unknown<>("a text of which parts are not known", "its parts", partial.origin()));
            case Py.Choice choice -> oneOf(choice);
            case Py.Dict dict -> Optional.of(unknown("a dict", dict.origin()));
            case Py.Items items -> Optional.of(unknown("a list", items.origin()));
            case Py.Made made ->
                Optional.of(unknown(
                        "what " + made.dottedName() + " gives", made.call().origin()));
            case Py.Instance instance ->
                Optional.of(unknown(
                        "an object of " + instance.type().name(),
                        instance.type().node().origin()));
            case Py.Module module ->
                Optional.of(unknown("a module", module.module().root().origin()));
            case Py.Later later ->
                Optional.of(unknown("not evaluated", later.node().origin()));
        };
    }

    private static Value<Object> unknown(String what, Origin origin) {
        return new Value.Unknown<>(what, "a constant", origin);
    }

    private static Optional<Value<Object>> oneOf(Py.Choice choice) {
        List<Value.Case<Object>> cases = new ArrayList<>();
        for (Py.Option one : choice.options()) {
            asValue(one.value()).ifPresent(value -> cases.add(new Value.Case<>(one.condition(), value)));
        }
        if (cases.isEmpty()) {
            return Optional.empty();
        }
        if (cases.stream().map(one -> one.value().possible()).distinct().count() == 1) {
            return Optional.of(cases.getFirst().value()); // the same on every way, or unknown on every way
        }
        return Optional.of(new Value.OneOf<>(cases, cases.getFirst().value().origin()));
    }
}
