package dev.poolwright.scan.library;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which version of a library a declaration allows.
 *
 * @param version the one that is used, else the lowest that is allowed; empty when not said
 * @param exact whether it is the one that is used
 */
record Allowed(String version, boolean exact) {

    static final Allowed ANY = new Allowed("", false);

    private static final int LONGEST = 200;
    private static final String NUMBERS = "v?(\\d+(?:\\.\\d+)*(?:[.-]?[A-Za-z][A-Za-z0-9]*(?:[.-]?\\d+)?)*)";
    private static final Pattern PLAIN = Pattern.compile(NUMBERS);
    private static final Pattern LOWEST = Pattern.compile("(===?|~=|>=|>|\\^|~>?)\\s*" + NUMBERS + "(\\.\\*)?");
    private static final Pattern WILD = Pattern.compile("(\\d+(?:\\.\\d+)*)\\.[x*+].*", Pattern.CASE_INSENSITIVE);
    private static final Pattern RANGE = Pattern.compile("[\\[(]\\s*" + NUMBERS + ".*");

    /** PEP 440: {@code ==2.0.1}, {@code >=1.4,<3}; also Poetry's {@code ^2.0} and {@code 2.0.1}. */
    static Allowed python(String specifier) {
        return of(specifier);
    }

    /** A range as package.json writes it: {@code ^8.11.0}, {@code ~8.11}, {@code 8.x}, {@code npm:pg@8}. */
    static Allowed npm(String range) {
        String plain = range.startsWith("npm:") ? range.substring(range.lastIndexOf('@') + 1) : range;
        return of(plain.startsWith("workspace:") ? plain.substring("workspace:".length()) : plain);
    }

    /** What Maven and Gradle write: {@code 5.1.0}, {@code [1.0,2.0)}, {@code 5.+}. */
    static Allowed maven(String version) {
        Matcher range = RANGE.matcher(shortened(version));
        return range.matches() ? new Allowed(range.group(1), false) : of(version.replace("!!", ""));
    }

    private static Allowed of(String text) {
        String specifier = shortened(text);
        Matcher wild = WILD.matcher(specifier);
        if (wild.matches()) {
            return new Allowed(wild.group(1), false);
        }
        if (PLAIN.matcher(specifier).matches()) {
            return exactly(specifier);
        }
        Matcher lowest = LOWEST.matcher(specifier);
        if (!lowest.find()) {
            return ANY;
        }
        boolean exact = lowest.group(1).startsWith("==") && lowest.group(3) == null;
        return new Allowed(lowest.group(2), exact);
    }

    private static Allowed exactly(String version) {
        String plain = version.toLowerCase(Locale.ROOT).startsWith("v") ? version.substring(1) : version;
        return new Allowed(plain, plain.indexOf('.') > 0);
    }

    private static String shortened(String text) {
        String stripped = text.strip();
        return stripped.startsWith("=") && !stripped.startsWith("==")
                ? stripped.substring(1).strip()
                : stripped.substring(0, Math.min(LONGEST, stripped.length()));
    }
}
