package dev.poolwright.scan.python;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an expression evaluates to, as far as the text says. Closed and immutable. */
sealed interface Py {

    /** {@code None}. */
    Object NONE = new Object() {
        @Override
        public String toString() {
            return "None";
        }
    };

    /**
     * A constant.
     *
     * @param value {@code Long}, {@code Double}, {@code String}, {@code Boolean} or {@link #NONE}
     * @param origin where it is written
     * @param trail how it came from there
     * @param firm false where the environment could have made it another one
     */
    record Const(Object value, Origin origin, List<Step> trail, boolean firm) implements Py {
        public Const {
            trail = List.copyOf(trail);
        }

        boolean isNone() {
            return value.equals(NONE);
        }

        Const with(Object other) {
            return new Const(other, origin, trail, firm);
        }

        Const then(Step step) {
            if (trail.size() >= 8) {
                return this;
            }
            List<Step> longer = new ArrayList<>(trail);
            longer.add(step);
            return new Const(value, origin, longer, firm);
        }

        Const loose() {
            return new Const(value, origin, trail, false);
        }
    }

    /** Text of which parts are not known; those stand as {@code {name}}. */
    record Partial(String text, Origin origin) implements Py {}

    /**
     * A dict.
     *
     * @param complete false where it may hold entries that are not seen
     */
    record Dict(Map<String, Py> entries, boolean complete, Origin origin) implements Py {
        public Dict {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        Dict with(String key, Py value) {
            Map<String, Py> more = new LinkedHashMap<>(entries);
            more.put(key, value);
            return new Dict(more, complete, origin);
        }

        Dict with(Dict other) {
            Map<String, Py> more = new LinkedHashMap<>(entries);
            more.putAll(other.entries);
            return new Dict(more, complete && other.complete, origin);
        }

        Dict open() {
            return new Dict(entries, false, origin);
        }
    }

    /** A list or tuple. */
    record Items(List<Py> items, Origin origin) implements Py {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** A function of the tree, with the object that it belongs to and arguments given beforehand. */
    record Callable(PythonFunction function, List<Py> self, Map<String, Py> given) implements Py {}

    /** A class of the tree. */
    record Type(PythonClass type, Origin origin) implements Py {}

    /** Something outside the tree, with keyword arguments given beforehand. */
    record External(String dottedName, Origin origin, Map<String, Py> given, List<Step> trail) implements Py {
        String simpleName() {
            return dottedName.substring(dottedName.lastIndexOf('.') + 1);
        }
    }

    /** A module of the tree. */
    record Module(PythonModule module) implements Py {}

    /** An object of a class of the tree, made with these arguments. */
    record Instance(PythonClass type, Map<String, Py> arguments) implements Py {}

    /** What a call of something outside the tree gave. */
    record Made(String dottedName, Arguments arguments, SyntaxNode call) implements Py {}

    /** One of several. */
    record Choice(List<Option> options) implements Py {
        public Choice {
            options = List.copyOf(options);
        }
    }

    /** One of several, with the condition under which it holds; empty when none is known. */
    record Option(String condition, Py value) {}

    /** Not evaluated yet. */
    record Later(SyntaxNode node, Frame frame) implements Py {}

    /** Not set. */
    record Missing() implements Py {}

    /**
     * Not known.
     *
     * @param variable the environment variable that it is, where nothing sets it; else empty
     */
    record Unknown(String why, String settledBy, Origin origin, String variable) implements Py {}

    static Py unknown(String why, SyntaxNode node) {
        return new Unknown(why, "the value of " + Text.brief(node) + " at run time", node.origin(), "");
    }

    /** The arguments of a call, as far as they are known; {@code complete} is false where a splat hides some. */
    record Arguments(List<Py> positional, Map<String, Py> named, Map<String, SyntaxNode> nodes, boolean complete) {
        Py at(int index, String name) {
            if (named.containsKey(name)) {
                return named.getOrDefault(name, new Missing());
            }
            return index >= 0 && index < positional.size() ? positional.get(index) : new Missing();
        }
    }
}
