package dev.poolwright.model.finding;

import java.util.regex.Pattern;

/** Makes text fit to be shown: no secret, no control character, not endless. */
public final class Masked {

    private static final int MOST_CHARACTERS = 400;
    private static final String STARS = "***";
    private static final Pattern SECRET_KEY =
            Pattern.compile("passw|passwd|pwd|secret|token|credential|api_?key|private_?key", Pattern.CASE_INSENSITIVE);
    private static final Pattern USER_INFO = Pattern.compile("(://)[^/@\\s]*(?:/[^/@\\s]*)?@");
    private static final Pattern SECRET_PARAMETER = Pattern.compile(
            "((?:passw(?:or)?d|pwd|secret|token|api_?key)[a-z_]*\\s*[=:]\\s*)[^&\\s,;)]+", Pattern.CASE_INSENSITIVE);

    private Masked() {}

    /** A value under a name: hidden as a whole where the name says that it is a secret. */
    public static String value(String name, String value) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return SECRET_KEY.matcher(last).find() && !value.isEmpty() ? STARS : text(value);
    }

    /** Any text: user names and passwords in URLs, and values of secret parameters, become {@code ***}. */
    public static String text(String text) {
        String shown = USER_INFO.matcher(text).replaceAll("$1" + STARS + "@");
        shown = SECRET_PARAMETER.matcher(shown).replaceAll("$1" + STARS);
        StringBuilder safe = new StringBuilder();
        shown.codePoints()
                .limit(MOST_CHARACTERS)
                .forEach(c -> safe.append(
                        Character.isISOControl(c) ? String.format("\\u%04x", c) : new String(Character.toChars(c))));
        return shown.codePointCount(0, shown.length()) > MOST_CHARACTERS ? safe + "…" : safe.toString();
    }
}
