package dev.poolwright.scan.python;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * In which call of which function an expression is evaluated.
 *
 * <p>Equal only to itself, so that what was evaluated in it can be kept.
 *
 * @param function none at the top of a module or in a class body
 * @param arguments by parameter; empty where the call is not known
 * @param self the object whose method it is, where known
 * @param known whether the call is known, so that a parameter without argument has its default
 */
record Frame(List<PythonFunction> function, Map<String, Py> arguments, List<Py> self, boolean known) {

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    static final Frame TOP = new Frame(List.of(), Map.of(), List.of(), false);

    boolean isOf(PythonFunction other) {
        return !function.isEmpty() && function.getFirst() == other;
    }
}
