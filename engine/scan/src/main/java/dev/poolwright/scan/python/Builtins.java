package dev.poolwright.scan.python;

import dev.poolwright.scan.python.Py.Arguments;
import dev.poolwright.scan.python.Py.Const;
import dev.poolwright.scan.python.Py.Dict;
import dev.poolwright.scan.python.Py.Items;
import dev.poolwright.scan.python.Py.Missing;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;

/** Python's built-in functions, as far as settings use them. */
final class Builtins {

    private Builtins() {}

    static Optional<Py> call(String name, Arguments arguments, SyntaxNode call, Evaluator evaluator, Objects objects) {
        return switch (name) {
            case "int", "float", "bool", "str" -> Optional.of(cast(name, arguments, call, evaluator));
            case "dict" -> Optional.of(dict(arguments, call, evaluator));
            case "max", "min" -> Optional.of(extreme(name.equals("max"), arguments, call, evaluator));
            case "list", "tuple" ->
                Optional.of(
                        arguments.positional().isEmpty()
                                ? new Items(List.of(), call.origin())
                                : evaluator.force(arguments.positional().getFirst()));
            case "getattr" -> Optional.of(attribute(arguments, call, evaluator, objects));
            default -> Optional.empty();
        };
    }

    private static Py cast(String type, Arguments arguments, SyntaxNode call, Evaluator evaluator) {
        if (arguments.positional().isEmpty()) {
            return Py.unknown("an empty cast", call);
        }
        return Choices.each(evaluator.force(arguments.positional().getFirst()), one -> switch (one) {
            case Const known ->
                Operators.cast(type, known.value())
                        .<Py>map(known::with)
                        .orElse(Py.unknown("not a number: " + Text.brief(call), call));
            case Py.Partial partial -> type.equals("str") ? partial : Py.unknown("a cast", call);
            case Py.Unknown unknown -> unknown;
            default -> type.equals("str") ? one : Py.unknown("a cast", call);
        });
    }

    private static Py dict(Arguments arguments, SyntaxNode call, Evaluator evaluator) {
        Py named = new Dict(arguments.named(), arguments.complete(), call.origin());
        if (arguments.positional().isEmpty()) {
            return named;
        }
        Py first = evaluator.force(arguments.positional().getFirst());
        return first instanceof Dict || first instanceof Py.Choice
                ? evaluator.joined(first, named)
                : ((Dict) named).open();
    }

    private static Py extreme(boolean greatest, Arguments arguments, SyntaxNode call, Evaluator evaluator) {
        Py best = new Missing();
        for (Py one : arguments.positional()) {
            Py now = best;
            best = now instanceof Missing
                    ? evaluator.force(one)
                    : Choices.each(
                            now,
                            left -> Choices.each(evaluator.force(one), right -> {
                                if (left instanceof Const a
                                        && right instanceof Const b
                                        && a.value() instanceof Number x
                                        && b.value() instanceof Number y) {
                                    boolean first = greatest == x.doubleValue() >= y.doubleValue();
                                    return first ? a : b;
                                }
                                return Py.unknown("the greatest or least of what is not known", call);
                            }));
        }
        return best instanceof Missing || !arguments.complete() ? Py.unknown("a call", call) : best;
    }

    private static Py attribute(Arguments arguments, SyntaxNode call, Evaluator evaluator, Objects objects) {
        Optional<String> name = Surroundings.name(evaluator.force(arguments.at(1, "")));
        if (name.isEmpty()) {
            return Py.unknown("an attribute", call);
        }
        Py otherwise = evaluator.force(arguments.at(2, ""));
        Py found = Choices.each(evaluator.force(arguments.at(0, "")), one -> objects.attribute(one, name.get(), call));
        boolean nothing = Choices.options(found).stream()
                .allMatch(one -> one.value() instanceof Missing || one.value() instanceof Py.Unknown);
        return nothing ? otherwise instanceof Missing ? found : notCertain(found, otherwise) : found;
    }

    private static Py notCertain(Py found, Py otherwise) {
        boolean absent = found instanceof Py.Unknown unknown && unknown.why().startsWith("not defined in");
        return absent
                ? otherwise
                : Choices.of(List.of(
                        new Py.Option("where the object has it", found), new Py.Option("otherwise", otherwise)));
    }
}
