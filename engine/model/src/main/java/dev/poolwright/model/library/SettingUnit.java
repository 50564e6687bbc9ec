package dev.poolwright.model.library;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The unit of a bare number in a library's configuration. A time may also be written with its unit: {@code 30s}, {@code PT30S}. */
public enum SettingUnit {
    COUNT,
    MILLISECONDS,
    SECONDS,
    /** Yes or no. */
    FLAG;

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,15}(?:\\.\\d{1,9})?");
    private static final Pattern WITH_UNIT =
            Pattern.compile("([+-]?\\d{1,12})\\s*(ns|us|ms|s|sec|m|min|h|d)", Pattern.CASE_INSENSITIVE);

    /** A count as it is, a time in milliseconds, a flag as 0 or 1; empty when the value cannot be read so. */
    public OptionalLong read(Object value) {
        if (this == FLAG) {
            return flag(value);
        }
        if (value instanceof Duration time) {
            return OptionalLong.of(time.toMillis());
        }
        String text = String.valueOf(value).strip().replace("_", "");
        if (NUMBER.matcher(text).matches()) {
            BigDecimal number = new BigDecimal(text);
            return OptionalLong.of((this == SECONDS ? number.movePointRight(3) : number).longValue());
        }
        return this == COUNT
                ? OptionalLong.empty()
                : time(text).map(time -> OptionalLong.of(time.toMillis())).orElse(OptionalLong.empty());
    }

    private static OptionalLong flag(Object value) {
        String text = String.valueOf(value).strip().toLowerCase(Locale.ROOT);
        return switch (text) {
            case "true", "1", "yes", "on" -> OptionalLong.of(1);
            case "false", "0", "no", "off", "" -> OptionalLong.of(0);
            default -> OptionalLong.empty();
        };
    }

    private static Optional<Duration> time(String text) {
        Matcher matcher = WITH_UNIT.matcher(text);
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            return Optional.of(
                    switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
                        case "ns" -> Duration.ofNanos(number);
                        case "us" -> Duration.ofMillis(number / 1_000);
                        case "ms" -> Duration.ofMillis(number);
                        case "m", "min" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        case "d" -> Duration.ofDays(number);
                        default -> Duration.ofSeconds(number);
                    });
        }
        if (text.length() > 40) {
            return Optional.empty();
        }
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }
}
