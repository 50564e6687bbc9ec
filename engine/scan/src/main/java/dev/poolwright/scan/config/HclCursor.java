package dev.poolwright.scan.config;

/** Where reading HCL stands, and the pieces that its blocks and its expressions share. */
final class HclCursor {

    private final ConfigText text;
    private final String s;
    private int i;

    HclCursor(ConfigText text) {
        this.text = text;
        this.s = text.text();
    }

    int offset() {
        return i;
    }

    void back(int to) {
        i = to;
    }

    void skip(int characters) {
        i = Math.min(s.length(), i + characters);
    }

    boolean ended() {
        return i >= s.length();
    }

    boolean at(String sign) {
        return s.startsWith(sign, i);
    }

    /** Past spaces and comments within the line. */
    void skipSpaces() throws UnreadableConfig {
        for (i = text.afterSpaces(i, s.length()); at("/*"); i = text.afterSpaces(i, s.length())) {
            skipComment();
        }
    }

    /** Past spaces, comments and line ends. */
    void skipLines() throws UnreadableConfig {
        for (skipSpaces(); at("\n") || isLineComment(); skipSpaces()) {
            i = at("\n") ? i + 1 : text.lineEnd(i);
        }
    }

    boolean isLineComment() {
        return at("#") || at("//");
    }

    void skipComment() throws UnreadableConfig {
        int end = s.indexOf("*/", i + 2);
        if (end < 0) {
            throw text.fail("not HCL: a comment is not closed", i);
        }
        i = end + 2;
    }

    /** An identifier, or text in quotes. */
    String name() throws UnreadableConfig {
        int start = i;
        if (at("\"")) {
            return quoted();
        }
        while (i < s.length() && isOfName(s.charAt(i))) {
            i++;
        }
        if (i == start) {
            throw text.fail("not HCL: a name is missing", start);
        }
        return s.substring(start, i);
    }

    private static boolean isOfName(char one) {
        return Character.isLetterOrDigit(one) || one == '_' || one == '-' || one == '.';
    }

    /** Text in quotes with its escapes resolved; templates stay as they are written. */
    String quoted() throws UnreadableConfig {
        int start = i;
        skipQuoted(0);
        String inner = s.substring(start + 1, i - 1);
        if (inner.indexOf('\\') < 0) {
            return inner;
        }
        StringBuilder plain = new StringBuilder(inner.length());
        for (int at = 0; at < inner.length(); ) {
            if (inner.charAt(at) == '\\') {
                at = Escapes.append(plain, inner, at);
            } else {
                plain.append(inner.charAt(at++));
            }
        }
        return plain.toString();
    }

    /** Past text in quotes, with templates in it that hold text in quotes again. */
    void skipQuoted(int depth) throws UnreadableConfig {
        int start = i++;
        text.checkDepth(depth, start);
        while (i < s.length()) {
            char one = s.charAt(i);
            if (one == '"') {
                i++;
                return;
            }
            if ((one == '$' || one == '%') && s.startsWith("{", i + 1) && s.charAt(i - 1) != one) {
                skipTemplate(depth);
            } else {
                i += one == '\\' ? 2 : 1;
            }
        }
        throw text.fail("not HCL: text in quotes is not closed", start);
    }

    private void skipTemplate(int depth) throws UnreadableConfig {
        int start = i;
        int brackets = 0;
        for (i++; i < s.length(); ) {
            char one = s.charAt(i);
            if (one == '"') {
                skipQuoted(depth + 1);
                continue;
            }
            i++;
            brackets += one == '{' ? 1 : one == '}' ? -1 : 0;
            if (brackets == 0) {
                return;
            }
        }
        throw text.fail("not HCL: a template is not closed", start);
    }

    /** Whether {@code <<NAME} or {@code <<-NAME} starts here. */
    boolean atHeredoc() {
        int name = at("<<-") ? i + 3 : i + 2;
        return at("<<") && name < s.length() && Character.isLetter(s.charAt(name));
    }

    /** The lines up to the one that holds nothing but the name. */
    String heredoc() throws UnreadableConfig {
        int start = i;
        boolean indented = at("<<-");
        int end = text.lineEnd(i);
        String name = s.substring(indented ? i + 3 : i + 2, end).strip();
        int from = Math.min(s.length(), end + 1);
        for (int line = from; line < s.length(); line = text.lineEnd(line) + 1) {
            int lineEnd = text.lineEnd(line);
            if (s.substring(line, lineEnd).strip().equals(name)) {
                i = lineEnd;
                String lines = s.substring(from, line);
                return indented ? lines.stripTrailing().stripIndent() + "\n" : lines;
            }
        }
        throw text.fail("not HCL: <<" + name.substring(0, Math.min(40, name.length())) + " is not closed", start);
    }
}
