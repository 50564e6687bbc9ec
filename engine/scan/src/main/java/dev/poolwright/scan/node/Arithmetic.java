package dev.poolwright.scan.node;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/** What JavaScript's operators make of numbers and texts that are known. */
final class Arithmetic {

    private Arithmetic() {}

    static Optional<Object> of(String operator, Object left, Object right) {
        if (operator.equals("+") && (left instanceof String || right instanceof String)) {
            return Optional.of(String.valueOf(left) + right);
        }
        if (!(left instanceof Number a) || !(right instanceof Number b)) {
            return Optional.empty();
        }
        double x = a.doubleValue();
        double y = b.doubleValue();
        return switch (operator) {
            case "+" -> number(x + y);
            case "-" -> number(x - y);
            case "*" -> number(x * y);
            case "/" -> number(x / y);
            case "%" -> number(x % y);
            case "**" -> number(Math.pow(x, y));
            default -> Optional.empty();
        };
    }

    /** {@code Math.max} and its like. */
    static Optional<Object> math(String function, List<Object> arguments) {
        List<Double> all = arguments.stream()
                .filter(Number.class::isInstance)
                .map(one -> ((Number) one).doubleValue())
                .toList();
        if (all.size() < arguments.size() || all.isEmpty()) {
            return Optional.empty();
        }
        double first = all.getFirst();
        return switch (function) {
            case "max" -> number(fold(all, Math::max));
            case "min" -> number(fold(all, Math::min));
            case "floor", "trunc" -> number(Math.floor(first));
            case "ceil" -> number(Math.ceil(first));
            case "round" -> number(Math.rint(first));
            case "abs" -> number(Math.abs(first));
            default -> Optional.empty();
        };
    }

    private static double fold(List<Double> all, DoubleBinaryOperator operator) {
        double result = all.getFirst();
        for (double one : all) {
            result = operator.applyAsDouble(result, one);
        }
        return result;
    }

    private static Optional<Object> number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Optional.empty();
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Optional.of((long) value) : Optional.of(value);
    }
}
