package dev.poolwright.model.derive;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Conversions that keep how much is known of a value. */
final class Values {

    private Values() {}

    /** The same shape with each value converted; unknown where one cannot be. */
    static <A, B> Value<B> map(Value<A> value, Function<? super A, Optional<B>> convert) {
        if (value instanceof Value.Known<A> known) {
            return convert.apply(known.value())
                    .<Value<B>>map(one -> Value.known(one, known.origin(), known.trail()))
                    .orElseGet(() -> unreadable(known.value(), known.origin()));
        }
        if (value instanceof Value.Default<A> standard) {
            return convert.apply(standard.value())
                    .<Value<B>>map(one -> new Value.Default<>(one, standard.library(), standard.versions()))
                    .orElseGet(() -> unreadable(standard.value(), Origin.NONE));
        }
        if (value instanceof Value.OneOf<A> several) {
            List<Value.Case<B>> cases = new ArrayList<>();
            for (Value.Case<A> one : several.cases()) {
                cases.add(new Value.Case<>(one.condition(), map(one.value(), convert)));
            }
            return new Value.OneOf<>(cases, several.origin());
        }
        if (value instanceof Value.Between<A> range) {
            Optional<B> low = convert.apply(range.low());
            Optional<B> high = convert.apply(range.high());
            return low.isPresent() && high.isPresent()
                    ? new Value.Between<>(low.get(), high.get(), range.why(), range.origin())
                    : unreadable(range, range.origin());
        }
        Value.Unknown<A> unknown = (Value.Unknown<A>) value;
        return new Value.Unknown<>(unknown.why(), unknown.settledBy(), unknown.origin());
    }

    /** The sum; unknown when one of them is, a range when one of them is not exactly one number. */
    static Value<Integer> sum(List<Value<Integer>> values) {
        long low = 0;
        long high = 0;
        for (Value<Integer> value : values) {
            if (!value.complete()) {
                return value;
            }
            low += value.possible().stream().mapToLong(Integer::longValue).min().orElse(0);
            high += value.possible().stream()
                    .mapToLong(Integer::longValue)
                    .max()
                    .orElse(0);
        }
        Origin origin = values.isEmpty() ? Origin.NONE : values.get(0).origin();
        return values.size() == 1
                ? values.get(0)
                : low == high
                        ? Value.known(count(low), origin)
                        : new Value.Between<>(count(low), count(high), "the sum of several that can differ", origin);
    }

    private static int count(long number) {
        return (int) Math.min(number, Integer.MAX_VALUE);
    }

    private static <B> Value<B> unreadable(Object value, Origin origin) {
        String text = String.valueOf(value).strip();
        return new Value.Unknown<>(
                text.isEmpty() ? "is empty where it is set" : text + " is not a number that this setting takes",
                "a plain value",
                origin);
    }
}
