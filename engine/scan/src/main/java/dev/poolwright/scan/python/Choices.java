package dev.poolwright.scan.python;

import dev.poolwright.scan.python.Py.Choice;
import dev.poolwright.scan.python.Py.Const;
import dev.poolwright.scan.python.Py.External;
import dev.poolwright.scan.python.Py.Option;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Several possible values at once. At most {@value #MOST} are kept apart. */
final class Choices {

    static final int MOST = 12;
    private static final int LONGEST = 100;

    private Choices() {}

    /** The value, or the choice between them, with equal ones taken once. */
    static Py of(List<Option> options) {
        List<Option> flat = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (Option one : options) {
            add(one, flat, seen);
        }
        if (flat.size() == 1) {
            return flat.getFirst().value();
        }
        return new Choice(flat.size() > MOST ? flat.subList(0, MOST) : flat);
    }

    private static void add(Option option, List<Option> flat, Set<Object> seen) {
        if (option.value() instanceof Choice inner) {
            for (Option one : inner.options()) {
                add(new Option(both(option.condition(), one.condition()), one.value()), flat, seen);
            }
        } else if (seen.add(key(option.value()))) {
            flat.add(option);
        }
    }

    private static Object key(Py value) {
        return switch (value) {
            case Const one -> List.of(one.value(), one.origin());
            case External one -> one.dottedName();
            default -> value;
        };
    }

    static String both(String outer, String inner) {
        if (outer.isEmpty() || inner.isEmpty() || outer.equals(inner)) {
            return outer.isEmpty() ? inner : outer;
        }
        String joined = outer + " and " + inner;
        return joined.length() > LONGEST ? inner : joined;
    }

    static String not(String condition) {
        return condition.startsWith("not (") || condition.matches("not [\\w.]+")
                ? condition.substring(4)
                : condition.matches("[\\w.]+") ? "not " + condition : "not (" + condition + ")";
    }

    /** Applies to the value, or to each of several. */
    static Py each(Py value, UnaryOperator<Py> change) {
        if (!(value instanceof Choice choice)) {
            return change.apply(value);
        }
        List<Option> changed = new ArrayList<>();
        for (Option one : choice.options()) {
            changed.add(new Option(one.condition(), change.apply(one.value())));
        }
        return of(changed);
    }

    static List<Option> options(Py value) {
        return value instanceof Choice choice ? choice.options() : List.of(new Option("", value));
    }
}
