package dev.poolwright.scan.python;

import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.LibraryInUse;
import dev.poolwright.model.fleet.Service.Stack;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.python.Py.Arguments;
import dev.poolwright.scan.python.Py.Dict;
import dev.poolwright.scan.python.Py.Missing;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What the readers of pools have in common. */
final class PoolFacts {

    private PoolFacts() {}

    /** The version of a library that the program of a file depends on; empty where no manifest says it. */
    static String version(Project project, SourceFile file, String library) {
        return project.earlier().of(LibraryInUse.class).stream()
                .filter(one ->
                        one.name().equalsIgnoreCase(library) && !one.version().isEmpty())
                .filter(one -> one.folder().isEmpty()
                        || file.folder().equals(one.folder())
                        || file.name().startsWith(one.folder() + "/"))
                .max(Comparator.<LibraryInUse>comparingInt(one -> one.folder().length())
                        .thenComparing(LibraryInUse::exact)
                        .thenComparing(LibraryInUse::version))
                .map(LibraryInUse::version)
                .orElse("");
    }

    /** The arguments whose names fit, as settings; those of a nested dict as {@code name.key}. */
    static Map<String, Value<Object>> settings(Arguments arguments, Evaluator evaluator, Predicate<String> wanted) {
        Map<String, Value<Object>> settings = new LinkedHashMap<>();
        arguments.named().forEach((name, value) -> {
            if (wanted.test(name)) {
                PythonValues.asValue(evaluator.ask(value)).ifPresent(known -> settings.put(name, known));
            }
        });
        return settings;
    }

    /** Adds the entries of a dict among the arguments, as {@code name.key}. */
    static void nested(String name, Arguments arguments, Evaluator evaluator, Map<String, Value<Object>> settings) {
        if (evaluator.force(arguments.at(-1, name)) instanceof Dict dict) {
            dict.entries().forEach((key, value) -> {
                Py known = evaluator.force(value);
                if (known instanceof Py.Const) {
                    PythonValues.asValue(known).ifPresent(one -> settings.put(name + "." + key, one));
                }
            });
        }
    }

    /** The class that an argument names; {@code Known("")} where it is left out. */
    static Value<String> kind(Py value, SyntaxNode call) {
        if (value instanceof Missing || (value instanceof Py.Const known && known.isNone())) {
            return Value.known("", call.origin());
        }
        // left out on one of several ways is the library's own class there: {"poolclass": NullPool} if batch else {}
        Py stated = Choices.each(
                value, one -> one instanceof Missing ? new Py.Const("", call.origin(), List.of(), true) : one);
        Value<Object> kind = PythonValues.asValue(stated).orElse(Value.known("", call.origin()));
        return asText(kind);
    }

    private static Value<String> asText(Value<Object> value) {
        return switch (value) {
            case Value.Known<Object> known -> Value.known(String.valueOf(known.value()), known.origin(), known.trail());
            case Value.OneOf<Object> oneOf ->
                new Value.OneOf<>(
                        oneOf.cases().stream()
                                .map(one -> new Value.Case<>(one.condition(), asText(one.value())))
                                .toList(),
                        oneOf.origin());
            case Value.Unknown<Object> unknown ->
                new Value.Unknown<>(unknown.why(), unknown.settledBy(), unknown.origin());
            case Value.Default<Object> other -> Value.unknown("a default", other.library());
            case Value.Between<Object> other -> Value.unknown(other.why(), "");
        };
    }

    static DeclaredPool pool(
            PoolSite site, Stack stack, Value<String> kind, Map<String, Value<Object>> settings, Value<String> url) {
        return new DeclaredPool(
                site.name(),
                stack,
                kind,
                settings,
                url,
                site.scope(),
                site.place(),
                site.call().origin());
    }

    /** The calls in a file whose callee has one of these names outside the tree, {@code functools.partial} included. */
    static List<SyntaxNode> calls(PythonModule module, PythonIndex index, Predicate<String> wanted) {
        return module.root()
                .all("call")
                .filter(call -> call.child("function").isPresent())
                .filter(call -> wanted.test(callee(call, index).orElse("")))
                .toList();
    }

    /** The name outside the tree of what a call calls. */
    static Optional<String> callee(SyntaxNode call, PythonIndex index) {
        SyntaxNode function = call.child("function").orElse(call);
        if (!function.is("identifier", "attribute")) {
            return Optional.empty();
        }
        String name = index.externalName(function);
        if (!name.isEmpty()) {
            return Optional.of(name);
        }
        return index.resolve(function)
                .filter(PythonDefinition.Assignment.class::isInstance)
                .flatMap(one -> ((PythonDefinition.Assignment) one).value())
                .filter(value -> value.is("call") && value.text("function").endsWith("partial"))
                .flatMap(value -> value.child("arguments"))
                .flatMap(list -> list.children().stream().findFirst())
                .map(index::externalName);
    }
}
