package dev.poolwright.scan.config;

import java.util.ArrayList;
import java.util.List;

/**
 * TOML 1.0, read by hand because no library that is kept gives the places of values. Lenient where the format only forbids:
 * a key that is written twice has the later value. Dates and numbers stay as they are written.
 *
 * @see "https://toml.io/en/v1.0.0"
 */
final class Toml {

    private final ConfigText text;
    private final String s;
    private int i;

    private Toml(ConfigText text) {
        this.text = text;
        this.s = text.text();
    }

    static List<ConfigNode> read(ConfigText text) throws UnreadableConfig {
        return List.of(new Toml(text).document());
    }

    private ConfigNode document() throws UnreadableConfig {
        Draft root = Draft.at(text, 0, 1);
        Draft table = root;
        for (skipLines(); i < s.length(); skipLines()) {
            if (s.charAt(i) == '[') {
                table = header(root);
            } else {
                pair(table);
            }
            skipSpaces();
            if (!at('\n') && !at('#') && i < s.length()) {
                throw text.fail("not TOML: more text after the value", i);
            }
        }
        return root.finish();
    }

    private Draft header(Draft root) throws UnreadableConfig {
        int start = i;
        boolean many = s.startsWith("[[", i);
        i += many ? 2 : 1;
        List<String> path = key();
        expect(many ? "]]" : "]");
        Draft table = root;
        for (String part : path.subList(0, path.size() - 1)) {
            table = table.child(part, start);
        }
        String last = path.get(path.size() - 1);
        return many ? table.item(last, start) : table.child(last, start);
    }

    private void pair(Draft table) throws UnreadableConfig {
        int start = i;
        List<String> path = key();
        expect("=");
        skipSpaces();
        Draft target = table;
        for (String part : path.subList(0, path.size() - 1)) {
            target = target.child(part, start);
        }
        target.put(path.get(path.size() - 1), value(target.depth() + 1));
    }

    private List<String> key() throws UnreadableConfig {
        List<String> path = new ArrayList<>();
        do {
            i += path.isEmpty() ? 0 : 1;
            skipSpaces();
            int start = i;
            if (at('"') || at('\'')) {
                path.add(quoted());
            } else {
                while (i < s.length() && (Character.isLetterOrDigit(s.charAt(i)) || at('_') || at('-'))) {
                    i++;
                }
                path.add(s.substring(start, i));
            }
            if (i == start || path.size() > ConfigText.DEEPEST) {
                throw text.fail("not TOML: a key is missing, or has more than " + ConfigText.DEEPEST + " parts", i);
            }
            skipSpaces();
        } while (at('.'));
        return path;
    }

    private ConfigNode value(int depth) throws UnreadableConfig {
        int start = i;
        text.checkDepth(depth, i);
        if (at('"') || at('\'')) {
            String value = quoted();
            return text.scalar(value, true, start);
        }
        if (at('[')) {
            return list(depth);
        }
        if (at('{')) {
            return inline(depth);
        }
        while (i < s.length() && !at(',') && !at(']') && !at('}') && !at('#') && !at('\n')) {
            i++;
        }
        String bare = s.substring(start, i).strip();
        if (bare.isEmpty()) {
            throw text.fail("not TOML: a value is missing", start);
        }
        return text.scalar(bare, false, start);
    }

    private ConfigNode list(int depth) throws UnreadableConfig {
        int start = i++;
        List<ConfigNode> items = new ArrayList<>();
        for (skipLines(); !at(']'); skipLines()) {
            items.add(value(depth + 1));
            skipLines();
            if (at(',')) {
                i++;
            } else if (!at(']')) {
                throw text.fail("not TOML: a list is not closed", start);
            }
        }
        i++;
        text.count(1, text.origin(start));
        return new ConfigNode.Items(items, text.origin(start));
    }

    private ConfigNode inline(int depth) throws UnreadableConfig {
        Draft table = Draft.at(text, i, depth);
        int start = i++;
        for (skipLines(); !at('}'); skipLines()) {
            pair(table);
            skipLines();
            if (at(',')) {
                i++;
            } else if (!at('}')) {
                throw text.fail("not TOML: a table is not closed", start);
            }
        }
        i++;
        return table.finish();
    }

    private String quoted() throws UnreadableConfig {
        int start = i;
        char quote = s.charAt(i);
        String three = String.valueOf(quote).repeat(3);
        boolean lines = s.startsWith(three, i);
        i += lines ? 3 : 1;
        if (lines && at('\n')) {
            i++;
        }
        StringBuilder value = new StringBuilder();
        while (lines ? !s.startsWith(three, i) : !at(quote)) {
            if (i >= s.length() || (!lines && at('\n'))) {
                throw text.fail("not TOML: text in quotes is not closed", start);
            }
            if (quote == '"' && at('\\')) {
                escape(value);
            } else {
                value.append(s.charAt(i++));
            }
        }
        i += lines ? 3 : 1;
        for (int more = 0; lines && more < 2 && at(quote); more++) {
            value.append(quote);
            i++;
        }
        return value.toString();
    }

    private void escape(StringBuilder value) {
        int next = text.afterSpaces(i + 1, s.length());
        if (next < s.length() && s.charAt(next) == '\n') {
            i = next;
            while (i < s.length() && Character.isWhitespace(s.charAt(i))) {
                i++;
            }
        } else {
            i = Escapes.append(value, s, i);
        }
    }

    private boolean at(char one) {
        return i < s.length() && s.charAt(i) == one;
    }

    private void expect(String sign) throws UnreadableConfig {
        if (!s.startsWith(sign, i)) {
            throw text.fail("not TOML: " + sign + " is missing", i);
        }
        i += sign.length();
    }

    private void skipSpaces() {
        i = text.afterSpaces(i, s.length());
    }

    private void skipLines() {
        for (skipSpaces(); at('\n') || at('#'); skipSpaces()) {
            i = at('#') ? text.lineEnd(i) : i + 1;
        }
    }
}
