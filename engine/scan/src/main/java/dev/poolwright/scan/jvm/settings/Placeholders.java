package dev.poolwright.scan.jvm.settings;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Spring's {@code ${name:default}}. The default is all that stands after the first colon, so {@code ${SIZE:-1}} is -1 where
 * SIZE is not set: the dash is no shell syntax.
 */
public final class Placeholders {

    private static final int DEEPEST = 8;

    private Placeholders() {}

    /** What a written setting comes to. */
    static Value<String> resolve(Setting setting, AppSettings settings, int depth) {
        return resolve(setting.text(), setting.origin(), settings, depth);
    }

    /** What a text comes to. Where it is more than one placeholder, those that are not known stay in it. */
    public static Value<String> resolve(String text, Origin origin, AppSettings settings) {
        return resolve(text, origin, settings, 0);
    }

    private static Value<String> resolve(String text, Origin origin, AppSettings settings, int depth) {
        int start = text.indexOf("${");
        if (start < 0) {
            return Value.known(text, origin);
        }
        if (depth > DEEPEST) {
            return new Value.Unknown<>("placeholders refer to each other", "the value of " + text, origin);
        }
        int end = end(text, start);
        if (start == 0 && end == text.length()) {
            return placeholder(text.substring(2, end - 1), origin, settings, depth);
        }
        StringBuilder whole = new StringBuilder();
        List<Step> trail = new ArrayList<>();
        int at = 0;
        while (start >= 0 && end <= text.length()) {
            whole.append(text, at, start);
            Value<String> part = placeholder(text.substring(start + 2, end - 1), origin, settings, depth);
            whole.append(part.single().orElse(text.substring(start, end)));
            trail.addAll(part.trail());
            at = end;
            start = text.indexOf("${", at);
            end = start < 0 ? 0 : end(text, start);
        }
        whole.append(text.substring(at));
        return Value.known(whole.toString(), origin, trail);
    }

    /** After the brace that closes the placeholder; past the end of the text where none does. */
    private static int end(String text, int start) {
        int open = 0;
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) == '{') {
                open++;
            } else if (text.charAt(i) == '}' && --open == 0) {
                return i + 1;
            }
        }
        return text.length() + 1;
    }

    private static Value<String> placeholder(String inside, Origin origin, AppSettings settings, int depth) {
        int colon = colon(inside);
        String name = colon < 0 ? inside : inside.substring(0, colon);
        Optional<Value<String>> written = settings.text(name, depth + 1);
        if (written.isPresent()) {
            return Values.step(written.get(), "${" + name + "}", origin);
        }
        Value<String> standard = colon < 0
                ? new Value.Unknown<>(name + " has no default", "the variable " + name, origin)
                : Values.step(
                        resolve(inside.substring(colon + 1), origin, settings, depth + 1),
                        "default of ${" + name + "}",
                        origin);
        Value<String> set = settings.variable(name, standard);
        boolean blank = set.single().map(String::isBlank).orElse(false);
        return blank ? standard : set; // templates leave a variable blank that they do not set
    }

    private static int colon(String inside) {
        int nested = inside.indexOf("${");
        int colon = inside.indexOf(':');
        return nested >= 0 && nested < colon ? -1 : colon;
    }
}
