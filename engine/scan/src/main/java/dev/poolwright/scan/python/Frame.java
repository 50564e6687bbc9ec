package dev.poolwright.scan.python;

import java.util.List;
import java.util.Map;

/**
 * In which call of which function an expression is evaluated.
 *
 * @param function none at the top of a module or in a class body
 * @param arguments by parameter; empty where the call is not known
 * @param self the object whose method it is, where known
 * @param known whether the call is known, so that a parameter without argument has its default
 */
record Frame(List<PythonFunction> function, Map<String, Py> arguments, List<Py> self, boolean known) {

    static final Frame TOP = new Frame(List.of(), Map.of(), List.of(), false);

    /** Any call of a function. */
    static Frame any(PythonFunction function) {
        return new Frame(List.of(function), Map.of(), List.of(), false);
    }

    boolean isOf(PythonFunction other) {
        return !function.isEmpty() && function.getFirst() == other;
    }
}
