package dev.poolwright.scan.config;

import java.util.List;

/**
 * INI and {@code .cfg}: sections with {@code key = value} or {@code key: value}; keys before the first section stand at the top.
 * Lines that are indented deeper continue a value, as Python's configparser reads them; line {@code n} of such a text is {@code n}
 * lines below its place, because comments and empty lines stay in it as empty lines.
 */
final class Ini {

    private final ConfigText text;
    private final String s;

    private Ini(ConfigText text) {
        this.text = text;
        this.s = text.text();
    }

    static List<ConfigNode> read(ConfigText text) throws UnreadableConfig {
        return List.of(new Ini(text).document());
    }

    private ConfigNode document() throws UnreadableConfig {
        Draft root = Draft.at(text, 0, 1);
        Draft section = root;
        int i = 0;
        while (i < s.length()) {
            int end = text.lineEnd(i);
            int first = text.afterSpaces(i, end);
            int from = i;
            i = end + 1;
            if (first == end || isComment(first)) {
                continue;
            }
            if (s.charAt(first) == '[') {
                int close = s.indexOf(']', first, end);
                if (close < 0) {
                    throw text.fail("a section without its ]", first);
                }
                section = root.child(s.substring(first + 1, close).strip(), first);
            } else {
                i = pair(section, first, end, first - from);
            }
        }
        return root.finish();
    }

    /** Reads a key with its value and the lines that continue it, and says where the next line starts. */
    private int pair(Draft section, int first, int end, int indent) throws UnreadableConfig {
        int sign = first;
        while (sign < end && s.charAt(sign) != '=' && s.charAt(sign) != ':') {
            sign++;
        }
        String key = s.substring(first, sign).strip();
        int at = sign < end ? text.afterSpaces(sign + 1, end) : sign;
        StringBuilder value = new StringBuilder(s.substring(at, end).strip());
        int next = end + 1;
        int empty = 0;
        while (next < s.length()) {
            int nextEnd = text.lineEnd(next);
            int start = text.afterSpaces(next, nextEnd);
            if (start == nextEnd || isComment(start)) {
                empty++;
            } else if (start - next > indent) {
                value.append("\n".repeat(empty + 1))
                        .append(s.substring(start, nextEnd).strip());
                empty = 0;
            } else {
                break;
            }
            next = nextEnd + 1;
        }
        section.put(key, unquoted(value.toString(), at));
        return next;
    }

    private ConfigNode unquoted(String value, int at) throws UnreadableConfig {
        boolean quoted = value.length() >= 2
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.indexOf(value.charAt(0), 1) == value.length() - 1;
        return text.scalar(quoted ? value.substring(1, value.length() - 1) : value, quoted, at);
    }

    private boolean isComment(int at) {
        return s.charAt(at) == '#' || s.charAt(at) == ';';
    }
}
