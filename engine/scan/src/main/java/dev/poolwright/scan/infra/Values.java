package dev.poolwright.scan.infra;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.model.fleet.Value.Case;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From the text of manifests to values with a type. */
final class Values {

    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

    private Values() {}

    static <T> Value<T> unknown(String why, String settledBy, Origin origin) {
        return new Value.Unknown<>(why, settledBy, origin);
    }

    /** Each possible value changed; what cannot be is unknown. */
    static <T, R> Value<R> map(Value<T> value, Function<T, Optional<R>> change, String why) {
        return switch (value) {
            case Value.Known<T> known ->
                change.apply(known.value())
                        .<Value<R>>map(changed -> Value.known(changed, known.origin(), known.trail()))
                        .orElseGet(
                                () -> unknown(why + ": " + shortened(known.value()), "a plain value", known.origin()));
            case Value.Default<T> standard ->
                change.apply(standard.value())
                        .<Value<R>>map(changed -> new Value.Default<>(changed, standard.library(), standard.versions()))
                        .orElseGet(() -> Value.unknown(why, "a plain value"));
            case Value.OneOf<T> oneOf -> {
                List<Case<R>> cases = new ArrayList<>();
                oneOf.cases().forEach(one -> cases.add(new Case<>(one.condition(), map(one.value(), change, why))));
                yield new Value.OneOf<>(cases, oneOf.origin());
            }
            case Value.Between<T> between -> {
                Optional<R> low = change.apply(between.low());
                Optional<R> high = change.apply(between.high());
                yield low.isPresent() && high.isPresent()
                        ? new Value.Between<>(low.get(), high.get(), between.why(), between.origin())
                        : unknown(why, "a plain value", between.origin());
            }
            case Value.Unknown<T> unknown -> unknown(unknown.why(), unknown.settledBy(), unknown.origin());
        };
    }

    private static String shortened(Object value) {
        String text = Secrets.masked(String.valueOf(value));
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    static Value<Integer> integer(Value<String> text) {
        return map(text, Values::integer, "not a whole number");
    }

    static Optional<Integer> integer(String text) {
        String plain = text.strip();
        return plain.matches("\\d{1,9}") ? Optional.of(Integer.parseInt(plain)) : Optional.empty();
    }

    /** A number as {@code Long}, else the text. */
    static Value<Object> setting(Value<String> text) {
        return map(text, one -> Optional.of(setting(one)), "");
    }

    private static Object setting(String text) {
        String plain = text.strip();
        if (plain.matches("-?\\d{1,18}")) {
            return Long.valueOf(plain);
        }
        return plain.matches("-?\\d{1,15}\\.\\d{1,9}") ? (Object) new BigDecimal(plain).doubleValue() : plain;
    }

    /** A bare number is seconds; {@code 5m}, {@code 300s} as written. */
    static Value<Duration> seconds(Value<String> text) {
        return map(
                text,
                one -> {
                    Matcher span = SPAN.matcher(one.strip());
                    if (!span.matches()) {
                        return Optional.empty();
                    }
                    long count = Long.parseLong(span.group(1));
                    String unit = span.group(2) == null ? "s" : span.group(2);
                    return Optional.of(
                            switch (unit) {
                                case "ms" -> Duration.ofMillis(count);
                                case "m" -> Duration.ofMinutes(count);
                                case "h" -> Duration.ofHours(count);
                                default -> Duration.ofSeconds(count);
                            });
                },
                "not a span of time");
    }

    static Value<Duration> noTimeout() {
        return Value.unknown("the manifest does not say it", "the platform's setting");
    }

    /** Masked where the name or the value looks like a secret. */
    static Value<String> masked(String name, Value<String> value) {
        return map(value, one -> Optional.of(Secrets.masked(name, one)), "");
    }
}
