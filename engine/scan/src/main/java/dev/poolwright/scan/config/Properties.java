package dev.poolwright.scan.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Java properties: {@code =}, {@code :} or white space between key and value, continued lines, escapes. Keys stay as they are
 * written, with their dots. Read as UTF-8, as every framework of the last ten years does.
 *
 * @see "java.util.Properties#load(Reader)"
 */
final class Properties {

    private final ConfigText text;
    private final String s;
    private int i;

    private Properties(ConfigText text) {
        this.text = text;
        this.s = text.text();
    }

    static List<ConfigNode> read(ConfigText text) throws UnreadableConfig {
        return List.of(new ConfigNode.Entries(new Properties(text).entries(), text.origin(0)));
    }

    private Map<String, ConfigNode> entries() throws UnreadableConfig {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        while (i < s.length()) {
            char first = s.charAt(i);
            if (first == '#' || first == '!') {
                i = text.lineEnd(i);
            } else if (isSpace(first) || first == '\n') {
                i++;
            } else {
                String key = piece(true);
                skipSpaces();
                if (i < s.length() && (s.charAt(i) == '=' || s.charAt(i) == ':')) {
                    i++;
                    skipSpaces();
                }
                int at = i;
                entries.put(key, text.scalar(piece(false).stripTrailing(), false, at));
            }
        }
        return entries;
    }

    /** Characters up to the end of the logical line, for a key up to what separates it from its value. */
    private String piece(boolean key) {
        StringBuilder piece = new StringBuilder();
        while (i < s.length() && s.charAt(i) != '\n') {
            char one = s.charAt(i);
            if (key && (one == '=' || one == ':' || isSpace(one))) {
                break;
            }
            if (one == '\\' && i + 1 < s.length()) {
                escape(piece);
            } else {
                piece.append(one);
                i++;
            }
        }
        return piece.toString();
    }

    private void escape(StringBuilder piece) {
        char next = s.charAt(i + 1);
        i += 2;
        switch (next) {
            case '\n' -> i = text.afterSpaces(i, s.length());
            case 't' -> piece.append('\t');
            case 'n' -> piece.append('\n');
            case 'r' -> piece.append('\r');
            case 'f' -> piece.append('\f');
            case 'u' -> {
                int code = Escapes.hex(s, i, 4);
                piece.append(code < 0 ? 'u' : (char) code);
                i += code < 0 ? 0 : 4;
            }
            default -> piece.append(next);
        }
    }

    private void skipSpaces() {
        while (i < s.length() && (isSpace(s.charAt(i)) || s.startsWith("\\\n", i))) {
            i += isSpace(s.charAt(i)) ? 1 : 2;
        }
    }

    private static boolean isSpace(char one) {
        return one == ' ' || one == '\t' || one == '\f' || one == '\r';
    }
}
