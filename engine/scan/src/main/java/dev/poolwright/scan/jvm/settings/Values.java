package dev.poolwright.scan.jvm.settings;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What can be done with values without knowing what they mean. */
public final class Values {

    private static final int MOST_CASES = 16;

    private Values() {}

    /** Each possible value by a function. */
    public static <A, B> Value<B> map(Value<A> value, Function<A, B> function) {
        return switch (value) {
            case Value.Known<A> known ->
                new Value.Known<>(function.apply(known.value()), known.origin(), known.trail());
            case Value.Default<A> standard ->
                new Value.Default<>(function.apply(standard.value()), standard.library(), standard.versions());
            case Value.OneOf<A> one ->
                new Value.OneOf<>(
                        one.cases().stream()
                                .map(each -> new Value.Case<>(each.condition(), map(each.value(), function)))
                                .toList(),
                        one.origin());
            case Value.Between<A> range ->
                new Value.Between<>(
                        function.apply(range.low()), function.apply(range.high()), range.why(), range.origin());
            case Value.Unknown<A> unknown -> new Value.Unknown<>(unknown.why(), unknown.settledBy(), unknown.origin());
        };
    }

    /** Each possible value by a function that may give several; ranges have their ends mapped to their only values or are not known. */
    public static <A, B> Value<B> then(Value<A> value, Function<A, Value<B>> function) {
        return switch (value) {
            case Value.Known<A> known -> before(function.apply(known.value()), known.trail());
            case Value.Default<A> standard -> function.apply(standard.value());
            case Value.OneOf<A> one ->
                new Value.OneOf<>(
                        one.cases().stream()
                                .limit(MOST_CASES)
                                .map(each -> new Value.Case<>(each.condition(), then(each.value(), function)))
                                .toList(),
                        one.origin());
            case Value.Between<A> range -> new Value.Unknown<>(range.why(), "the value itself", range.origin());
            case Value.Unknown<A> unknown -> new Value.Unknown<>(unknown.why(), unknown.settledBy(), unknown.origin());
        };
    }

    /** With more steps at the front of the trail. */
    public static <T> Value<T> before(Value<T> value, List<Step> steps) {
        if (!steps.isEmpty() && value instanceof Value.Known<T> known) {
            List<Step> trail = new ArrayList<>(steps);
            trail.addAll(known.trail());
            return new Value.Known<>(known.value(), known.origin(), trail);
        }
        return value;
    }

    /** With one more step at the end of the trail. */
    public static <T> Value<T> step(Value<T> value, String what, Origin origin) {
        return switch (value) {
            case Value.Known<T> known -> {
                List<Step> trail = new ArrayList<>(known.trail());
                trail.add(new Step(what, origin));
                yield new Value.Known<>(known.value(), known.origin(), trail);
            }
            case Value.OneOf<T> one ->
                new Value.OneOf<>(
                        one.cases().stream()
                                .map(each -> new Value.Case<>(each.condition(), step(each.value(), what, origin)))
                                .toList(),
                        one.origin());
            case Value.Default<T> standard -> standard;
            case Value.Between<T> range -> range;
            case Value.Unknown<T> unknown -> unknown;
        };
    }

    /** The text as a number, a truth value or text. */
    public static Object typed(String text) {
        String trimmed = text.strip();
        if (trimmed.matches("[-+]?\\d{1,18}")) {
            return Long.valueOf(trimmed);
        }
        if (trimmed.matches("[-+]?\\d{1,15}\\.\\d{1,15}")) {
            return Double.valueOf(trimmed);
        }
        if (trimmed.equalsIgnoreCase("true") || trimmed.equalsIgnoreCase("false")) {
            return Boolean.valueOf(trimmed.equalsIgnoreCase("true"));
        }
        return trimmed;
    }
}
