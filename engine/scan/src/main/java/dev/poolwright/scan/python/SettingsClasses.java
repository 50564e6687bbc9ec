package dev.poolwright.scan.python;

import dev.poolwright.scan.python.Py.Arguments;
import dev.poolwright.scan.python.Py.Const;
import dev.poolwright.scan.python.Py.Instance;
import dev.poolwright.scan.python.Py.Items;
import dev.poolwright.scan.python.Py.Missing;
import dev.poolwright.scan.python.PythonDefinition.Assignment;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Fields of classes: plain attributes, dataclasses, and pydantic's settings, which read the environment variable of the field's
 * name, with a prefix or under other names where the class says so.
 */
final class SettingsClasses {

    private static final Set<String> FIELD = Set.of("Field", "field", "ib", "attrib", "PrivateAttr");

    private final Evaluator evaluator;
    private final PythonIndex index;
    private final Surroundings surroundings;

    SettingsClasses(Evaluator evaluator, PythonIndex index, Surroundings surroundings) {
        this.evaluator = evaluator;
        this.index = index;
        this.surroundings = surroundings;
    }

    private boolean readsEnvironment(PythonClass type) {
        return index.externalBases(type).stream().anyMatch(base -> base.endsWith("BaseSettings"));
    }

    /** Whether its constructor takes the fields by name, because it writes none itself. */
    boolean isRecord(PythonClass type) {
        return index.member(type, "__init__").isEmpty();
    }

    Py field(Instance instance, String name, Assignment field) {
        Optional<PythonClass> declared = index.module(field.target()).flatMap(module -> module.classAt(field.target()));
        Optional<SyntaxNode> written = field.value();
        boolean settings = readsEnvironment(instance.type());
        Optional<SyntaxNode> call = written.filter(value -> value.is("call")
                && FIELD.contains(
                        last(value.child("function").map(SyntaxNode::text).orElse(""))));
        Arguments arguments =
                call.map(one -> evaluator.arguments(one, Frame.TOP)).orElse(null);
        Py value = arguments == null ? plain(field, declared) : byField(arguments, field);
        if (!settings) {
            return value;
        }
        boolean nested = value instanceof Instance;
        return nested || (field.annotation().isEmpty() && written.isEmpty())
                ? value
                : cast(surroundings.variable(names(instance.type(), name, arguments), value, field.target()), field);
    }

    private Py plain(Assignment field, Optional<PythonClass> declared) {
        if (declared.isEmpty()) {
            return new Missing();
        }
        String name = field.target().text();
        Py value = Flow.value(evaluator, Frame.TOP, declared.get().body(), name, new Missing(), Optional.empty());
        boolean stated = value instanceof Py.Unknown unknown && unknown.why().startsWith("only its type");
        return stated ? new Missing() : value;
    }

    private Py byField(Arguments arguments, Assignment field) {
        Py value = evaluator.force(arguments.at(0, "default"));
        if (value instanceof Const known && known.value() instanceof String text && text.equals("...")) {
            return new Missing();
        }
        if (!(value instanceof Missing) && !(value instanceof Py.Unknown)) {
            return value;
        }
        Py factory = evaluator.force(arguments.at(-1, "default_factory"));
        if (factory instanceof Py.Type type) {
            return new Instance(type.type(), java.util.Map.of());
        }
        if (factory instanceof Py.Callable function) {
            return Returns.of(evaluator, function.function(), evaluator.any(function.function()));
        }
        Optional<SyntaxNode> lambda = Optional.ofNullable(arguments.nodes().get("default_factory"))
                .filter(one -> one.is("lambda"))
                .flatMap(one -> one.child("body"));
        return lambda.map(body -> evaluator.value(body, Frame.TOP))
                .orElse(
                        evaluator.typed(field.annotation(), field.target()) instanceof Instance made
                                ? made
                                : new Missing());
    }

    private List<String> names(PythonClass type, String name, @org.jspecify.annotations.Nullable Arguments arguments) {
        List<String> names = new ArrayList<>();
        if (arguments != null) {
            for (String key : List.of("validation_alias", "alias", "env")) {
                collect(evaluator.force(arguments.at(-1, key)), names);
            }
        }
        if (names.isEmpty()) {
            names.add((prefix(type) + name).toUpperCase(Locale.ROOT));
        }
        return names;
    }

    private void collect(Py alias, List<String> names) {
        switch (alias) {
            case Const known -> Surroundings.name(known).ifPresent(names::add);
            case Items items -> items.items().forEach(one -> collect(evaluator.force(one), names));
            case Py.Made made -> made.arguments().positional().forEach(one -> collect(evaluator.force(one), names));
            default -> {}
        }
    }

    private String prefix(PythonClass type) {
        for (PythonDefinition one : index.member(type, "model_config")) {
            if (one instanceof Assignment assignment
                    && assignment
                            .value()
                            .filter(v -> v.is("call", "dictionary"))
                            .isPresent()) {
                Py made = evaluator.value(assignment.value().get(), Frame.TOP);
                Py prefix = made instanceof Py.Made call
                        ? call.arguments().at(-1, "env_prefix")
                        : made instanceof Py.Dict dict
                                ? dict.entries().getOrDefault("env_prefix", new Missing())
                                : made;
                return Surroundings.name(evaluator.force(prefix)).orElse("");
            }
        }
        for (PythonDefinition one : index.member(type, "Config")) {
            if (one instanceof PythonDefinition.ClassDefinition config) {
                Py prefix = Flow.value(
                        evaluator, Frame.TOP, config.type().body(), "env_prefix", new Missing(), Optional.empty());
                return Surroundings.name(prefix).orElse("");
            }
        }
        return "";
    }

    /** Variables are text; the field's type says what becomes of it. */
    private static Py cast(Py value, Assignment field) {
        String type = field.annotation().map(SyntaxNode::text).orElse("");
        String wanted = type.contains("bool")
                ? "bool"
                : type.contains("float") ? "float" : type.matches(".*\\bint\\b.*|.*Int$|.*Int\\W.*") ? "int" : "";
        return Choices.each(
                value,
                one -> one instanceof Const known && known.value() instanceof String text
                        ? wanted.isEmpty()
                                ? type.isEmpty() && Text.number(text) instanceof Number number
                                        ? known.with(number)
                                        : known
                                : Operators.cast(wanted, text)
                                        .<Py>map(known::with)
                                        .orElse(known)
                        : one);
    }

    private static String last(String dotted) {
        return dotted.substring(dotted.lastIndexOf('.') + 1);
    }
}
