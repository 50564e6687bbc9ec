package dev.poolwright.scan.infra.helm;

import dev.poolwright.model.fleet.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Places that travel through rendered YAML as comments ({@code  #@12}), because template functions know only text. Not safe for
 * several threads.
 */
final class Marks {

    private static final Pattern MARK = Pattern.compile(" ?#@(\\d{1,9})@");

    private final List<Origin> origins = new ArrayList<>();

    /** The comment that stands for a place; empty for a place that is not in a file. */
    String of(Origin origin) {
        if (origin.file().isEmpty()) {
            return "";
        }
        origins.add(origin);
        return " #@" + (origins.size() - 1) + "@";
    }

    /** The first place that a line was marked with. */
    Optional<Origin> in(String line) {
        Matcher mark = MARK.matcher(line);
        if (!mark.find()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(mark.group(1));
        return number < origins.size() ? Optional.of(origins.get(number)) : Optional.empty();
    }

    static String without(String text) {
        return text.contains("#@") ? MARK.matcher(text).replaceAll("") : text;
    }
}
