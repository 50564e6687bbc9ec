package dev.poolwright.scan.python;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Arithmetic, comparison and truth of constants, as Python has them. */
final class Operators {

    private Operators() {}

    /** Empty where the operator does not take these operands. */
    static Optional<Object> apply(String operator, Object left, Object right) {
        if (left instanceof String text && operator.equals("+") && right instanceof String more) {
            return Optional.of(text + more);
        }
        if (left instanceof String text && operator.equals("%")) {
            return formatted(text, right);
        }
        if (left instanceof Long a && right instanceof Long b) {
            return longs(operator, a, b);
        }
        if (left instanceof Number a && right instanceof Number b) {
            return doubles(operator, a.doubleValue(), b.doubleValue());
        }
        return Optional.empty();
    }

    private static Optional<Object> formatted(String text, Object right) {
        int first = text.indexOf("%s");
        return first >= 0 && text.indexOf('%', first + 1) < 0 && text.indexOf('%') == first
                ? Optional.of(text.replace("%s", String.valueOf(right)))
                : Optional.empty();
    }

    private static Optional<Object> longs(String operator, long a, long b) {
        return switch (operator) {
            case "+" -> Optional.of(a + b);
            case "-" -> Optional.of(a - b);
            case "*" -> Optional.of(a * b);
            case "//" -> b == 0 ? Optional.empty() : Optional.of(Math.floorDiv(a, b));
            case "%" -> b == 0 ? Optional.empty() : Optional.of(Math.floorMod(a, b));
            case "/" -> b == 0 ? Optional.empty() : Optional.of((double) a / b);
            case "**" -> b >= 0 && b <= 62 ? Optional.of((long) Math.pow((double) a, (double) b)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Object> doubles(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> Optional.of(a + b);
            case "-" -> Optional.of(a - b);
            case "*" -> Optional.of(a * b);
            case "/" -> b == 0 ? Optional.empty() : Optional.of(a / b);
            default -> Optional.empty();
        };
    }

    /** Empty where it cannot be told. */
    static Optional<Boolean> compare(String operator, Object left, Object right) {
        boolean numbers = left instanceof Number && right instanceof Number;
        boolean same = numbers ? ((Number) left).doubleValue() == ((Number) right).doubleValue() : left.equals(right);
        return switch (operator) {
            case "==", "is" -> Optional.of(same);
            case "!=", "<>", "is not" -> Optional.of(!same);
            case "in" ->
                left instanceof String part && right instanceof String whole
                        ? Optional.of(whole.contains(part))
                        : Optional.empty();
            case "not in" -> compare("in", left, right).map(in -> !in);
            default ->
                numbers
                        ? order(operator, ((Number) left).doubleValue(), ((Number) right).doubleValue())
                        : Optional.empty();
        };
    }

    private static Optional<Boolean> order(String operator, double left, double right) {
        return switch (operator) {
            case "<" -> Optional.of(left < right);
            case "<=" -> Optional.of(left <= right);
            case ">" -> Optional.of(left > right);
            case ">=" -> Optional.of(left >= right);
            default -> Optional.empty();
        };
    }

    static boolean truth(Object value) {
        return switch (value) {
            case Boolean one -> one;
            case Long one -> one != 0;
            case Double one -> one != 0;
            case String one -> !one.isEmpty();
            default -> !value.equals(Py.NONE);
        };
    }

    /** The value of {@code int(x)} and its like; empty where it fails. */
    static Optional<Object> cast(String type, Object value) {
        return switch (type) {
            case "int" ->
                switch (value) {
                    case Long one -> Optional.of(one);
                    case Double one -> Optional.of(one.longValue());
                    case Boolean one -> Optional.of(one ? 1L : 0L);
                    case String one ->
                        Text.number(one.strip()) instanceof Long number ? Optional.of(number) : Optional.empty();
                    default -> Optional.empty();
                };
            case "float" ->
                switch (value) {
                    case Number one -> Optional.of(one.doubleValue());
                    case String one ->
                        Text.number(one.strip()) instanceof Number number
                                ? Optional.of(number.doubleValue())
                                : Optional.empty();
                    default -> Optional.empty();
                };
            case "bool" -> Optional.of(value instanceof String word ? flag(word) : truth(value));
            case "str" -> Optional.of(String.valueOf(value));
            default -> Optional.empty();
        };
    }

    /** How settings libraries read a flag. ({@code bool("false")} itself is true, which nobody means.) */
    private static boolean flag(String word) {
        return List.of("1", "true", "yes", "on", "y", "t").contains(word.strip().toLowerCase(java.util.Locale.ROOT));
    }

    /** The trails of two operands, one after the other; where each is written comes with it. */
    static List<Step> trails(Py.Const left, Py.Const right) {
        List<Step> steps = new ArrayList<>(left.trail());
        if (!right.origin().equals(Origin.NONE)
                && right.origin().line() != left.origin().line()) {
            steps.add(new Step(String.valueOf(right.value()), right.origin()));
        }
        steps.addAll(right.trail());
        return steps.size() > 8 ? steps.subList(0, 8) : steps;
    }
}
