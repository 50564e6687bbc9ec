package dev.poolwright.scan.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code .env}: {@code KEY=value}, {@code export KEY='value'}; text in quotes may go over several lines. */
final class DotEnv {

    private final ConfigText text;
    private final String s;
    private int i;

    private DotEnv(ConfigText text) {
        this.text = text;
        this.s = text.text();
    }

    static List<ConfigNode> read(ConfigText text) throws UnreadableConfig {
        return List.of(new ConfigNode.Entries(new DotEnv(text).entries(), text.origin(0)));
    }

    private Map<String, ConfigNode> entries() throws UnreadableConfig {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        while (i < s.length()) {
            int end = text.lineEnd(i);
            int first = text.afterSpaces(i, end);
            int sign = s.indexOf('=', first, end);
            if (first == end || s.charAt(first) == '#' || sign < 0) {
                i = end + 1;
                continue;
            }
            String key = s.substring(first, sign).strip();
            i = text.afterSpaces(sign + 1, end);
            entries.put(key.startsWith("export ") ? key.substring(7).strip() : key, value(end));
            i = text.lineEnd(i) + 1;
        }
        return entries;
    }

    private ConfigNode value(int end) throws UnreadableConfig {
        int at = i;
        char quote = i < end ? s.charAt(i) : '\n';
        int close = quote == '"' || quote == '\'' || quote == '`' ? close(quote) : -1;
        if (close >= 0) {
            i = close + 1;
            return text.scalar(quote == '"' ? unescaped(at + 1, close) : s.substring(at + 1, close), true, at);
        }
        String value = s.substring(at, end);
        int comment = value.startsWith("#") ? 0 : value.indexOf(" #");
        return text.scalar((comment < 0 ? value : value.substring(0, comment)).strip(), false, at);
    }

    /** Where the quoted text that starts here ends; -1 where it does not. */
    private int close(char quote) {
        for (int at = i + 1; at < s.length(); at++) {
            if (s.charAt(at) == quote) {
                return at;
            }
            if (s.charAt(at) == '\\' && quote == '"') {
                at++;
            }
        }
        return -1;
    }

    private String unescaped(int from, int to) {
        String quoted = s.substring(from, to);
        StringBuilder plain = new StringBuilder(quoted.length());
        for (int at = 0; at < quoted.length(); ) {
            if (quoted.charAt(at) == '\\') {
                at = Escapes.append(plain, quoted, at);
            } else {
                plain.append(quoted.charAt(at++));
            }
        }
        return plain.toString();
    }
}
