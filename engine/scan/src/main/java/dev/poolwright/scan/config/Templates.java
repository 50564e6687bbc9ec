package dev.poolwright.scan.config;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes YAML that a template engine still has to fill readable, without moving anything. Lines that hold nothing but template
 * actions are emptied. What stands within a line, such as <code>{{ .Values.count }}</code>, is lifted into characters that
 * mean nothing to YAML, and {@link #plain} brings it back. Go templates (Helm), Jinja, ERB, Maven's {@code @name@} and the
 * shell's <code>${NAME}</code>.
 */
final class Templates {

    /** Where ASCII is lifted to: an area for private use, which YAML allows and nobody writes. */
    private static final char LIFT = '\uE000';

    private static final int MOST_CHARACTERS_OF_AN_ACTION = 20_000;
    private static final Pattern FILLED_IN =
            Pattern.compile("@[A-Za-z][A-Za-z0-9._-]{0,80}@|\\$\\{[A-Za-z_][A-Za-z0-9_.:-]{0,80}\\}");
    private static final Pattern CONTROL =
            Pattern.compile("\\{\\{-?\\s*(?:if|else|end|range|with|define)\\b|\\{%|<%[^=]");

    /** Stands where a character is taken out. */
    private static final char NOTHING = '\0';

    private final String text;
    private final StringBuilder out;
    private final Map<String, Integer> nextClose = new HashMap<>();

    private Templates(String text) {
        this.text = text;
        this.out = new StringBuilder(text);
    }

    /** Text with the same lines, in which what is not taken out stands in the same column. */
    static String lift(String text) {
        boolean actions = text.contains("{{") || text.contains("{%") || text.contains("{#") || text.contains("<%");
        if (!actions && text.indexOf('@') < 0 && !text.contains("${")) {
            return text;
        }
        Templates templates = new Templates(text);
        if (actions) {
            templates.actions();
        }
        templates.filledIn();
        String lifted = templates.out.toString();
        return lifted.indexOf(NOTHING) < 0 ? lifted : lifted.replace(String.valueOf(NOTHING), "");
    }

    /** A value with what was lifted brought back. */
    static String plain(String value) {
        int at = 0;
        while (at < value.length() && !isLifted(value.charAt(at))) {
            at++;
        }
        if (at == value.length()) {
            return value;
        }
        char[] plain = value.toCharArray();
        for (; at < plain.length; at++) {
            plain[at] = isLifted(plain[at]) ? (char) (plain[at] - LIFT) : plain[at];
        }
        return new String(plain);
    }

    private static boolean isLifted(char one) {
        return one >= LIFT && one < LIFT + 128;
    }

    private void actions() {
        int lineStart = 0;
        while (lineStart < text.length()) {
            int i = lineStart;
            int first = -1;
            StringBuilder other = new StringBuilder(4);
            while (i < text.length() && text.charAt(i) != '\n') {
                String close = close(i);
                int end = close.isEmpty() ? -1 : end(close, i);
                if (end > 0) {
                    first = first < 0 ? i : first;
                    lift(i, end);
                    i = end;
                } else {
                    if (other.length() < 2 && !Character.isWhitespace(text.charAt(i))) {
                        other.append(text.charAt(i));
                    }
                    i++;
                }
            }
            if (first >= 0 && other.isEmpty()) {
                takeOut(lineStart, i);
            } else if (first >= 0
                    && other.toString().equals("-")
                    && CONTROL.matcher(text).region(first, i).lookingAt()) {
                takeOut(first, i);
            }
            lineStart = i + 1;
        }
    }

    /** What closes the action that starts here; empty where none does. */
    private String close(int at) {
        char one = text.charAt(at);
        if ((one != '{' && one != '<') || at + 1 >= text.length()) {
            return "";
        }
        char next = text.charAt(at + 1);
        if (one == '<') {
            return next == '%' ? "%>" : "";
        }
        return next == '{' ? "}}" : next == '%' ? "%}" : next == '#' ? "#}" : "";
    }

    /** Searches no part of the text twice. */
    private int end(String close, int at) {
        int end = nextClose.getOrDefault(close, 0);
        if (end < at + 2) {
            end = text.indexOf(close, at + 2);
            end = end < 0 ? Integer.MAX_VALUE : end;
            nextClose.put(close, end);
        }
        return end - at > MOST_CHARACTERS_OF_AN_ACTION ? -1 : end + 2;
    }

    /** Spaces that begin a line stay, because they are what YAML counts. */
    private void lift(int from, int to) {
        boolean begins = false;
        for (int at = from; at < to; at++) {
            char one = text.charAt(at);
            begins = one == '\n' || (begins && (one == ' ' || one == '\t'));
            if (one < 128 && !begins) {
                out.setCharAt(at, (char) (LIFT + one));
            }
        }
    }

    private void takeOut(int from, int to) {
        for (int at = from; at < to; at++) {
            if (text.charAt(at) != '\n') {
                out.setCharAt(at, NOTHING);
            }
        }
    }

    private void filledIn() {
        Matcher filled = FILLED_IN.matcher(text);
        while (filled.find()) {
            if (out.charAt(filled.start()) == text.charAt(filled.start())) {
                lift(filled.start(), filled.end());
            }
        }
    }
}
