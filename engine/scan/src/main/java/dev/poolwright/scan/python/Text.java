package dev.poolwright.scan.python;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.Locale;

/** Literals and their texts. */
final class Text {

    private static final int BRIEF = 60;

    private Text() {}

    /** The first line of an expression, cut to fit into a sentence. */
    static String brief(SyntaxNode node) {
        String text = node.text().strip().replaceAll("\\s+", " ");
        return text.length() <= BRIEF ? text : text.substring(0, BRIEF - 1) + "…";
    }

    /** Whether a string has an {@code f} before its quotes. */
    static boolean isFormat(SyntaxNode string) {
        return prefix(string).indexOf('f') >= 0;
    }

    private static String prefix(SyntaxNode string) {
        return string.first("string_start")
                .map(start -> start.text().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    /** The content of one piece of a string, with its escapes resolved. */
    static String content(SyntaxNode string, SyntaxNode piece) {
        String raw = piece.text();
        if (isFormat(string)) {
            raw = raw.replace("{{", "{").replace("}}", "}");
        }
        return prefix(string).indexOf('r') >= 0 || raw.indexOf('\\') < 0 ? raw : unescaped(raw);
    }

    private static String unescaped(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        boolean escaped = false;
        for (int i = 0; i < raw.length(); i++) {
            char one = raw.charAt(i);
            if (!escaped) {
                escaped = one == '\\';
                if (!escaped) {
                    text.append(one);
                }
                continue;
            }
            escaped = false;
            switch (one) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case '\n' -> {}
                case '\\', '\'', '"' -> text.append(one);
                default -> text.append('\\').append(one);
            }
        }
        return text.toString();
    }

    /** A number as Python writes it, {@code Long} or {@code Double}; the text where it is neither. */
    static Object number(String written) {
        String plain = written.replace("_", "").toLowerCase(Locale.ROOT);
        try {
            if (plain.startsWith("0x")) {
                return Long.parseLong(plain.substring(2), 16);
            }
            if (plain.matches("[+-]?\\d{1,18}")) {
                return Long.parseLong(plain);
            }
            return Double.parseDouble(plain);
        } catch (NumberFormatException odd) {
            return written;
        }
    }
}
