package dev.poolwright.rules;

import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.model.library.SettingNames;
import dev.poolwright.policy.Wait;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is written in a pool, as numbers: times in milliseconds, counts as they are. */
final class Written {

    private static final Pattern TIME = Pattern.compile("(-?\\d{1,12})\\s*(ms|s|m|min|h|d)?");

    private Written() {}

    static Map<String, Long> numbers(Pool pool) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        pool.written()
                .forEach((key, value) ->
                        value.single().ifPresent(one -> number(one).ifPresent(number -> numbers.put(key, number))));
        return numbers;
    }

    /** Where a setting in the library's own spelling is written. */
    static Origin originOfOwn(Service service, Pool pool, String own) {
        return SettingNames.of(service.stackOf(pool).library(), own)
                .map(setting -> origin(pool, setting.setting()))
                .orElseGet(() -> origin(pool, own));
    }

    /** Whether a setting in the library's own spelling is written. */
    static boolean has(Service service, Pool pool, String own) {
        String setting = SettingNames.of(service.stackOf(pool).library(), own)
                .map(SettingNames.Setting::setting)
                .orElse(own);
        return pool.written().containsKey(setting);
    }

    /** As its library spells it where the pool is read from source, else as the fleet file does. */
    static String name(Pool pool, String setting) {
        return pool.stack().equals(Service.Stack.UNSTATED)
                ? setting
                : SettingNames.own(pool.stack().library(), setting);
    }

    static Origin origin(Pool pool, String key) {
        Value<Object> value = pool.written().get(key);
        return value == null ? pool.origin() : value.origin();
    }

    private static OptionalLong number(Object value) {
        return switch (value) {
            case Number number -> OptionalLong.of(number.longValue());
            case Duration time -> OptionalLong.of(time.toMillis());
            case Wait.AtMost most -> OptionalLong.of(most.limit().toMillis());
            case Limit.AtMost most -> OptionalLong.of(most.count());
            case String text -> parsed(text);
            default -> OptionalLong.empty();
        };
    }

    private static OptionalLong parsed(String text) {
        Matcher matcher = TIME.matcher(text.strip());
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        long factor = switch (matcher.group(2) == null ? "" : matcher.group(2)) {
            case "s" -> 1_000;
            case "m", "min" -> 60_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            default -> 1;
        };
        return OptionalLong.of(Long.parseLong(matcher.group(1)) * factor);
    }
}
