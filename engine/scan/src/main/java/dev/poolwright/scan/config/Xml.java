package dev.poolwright.scan.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * XML: an element is a map with its attributes as {@code @name}, its text as {@code #text}, and its children by name, several of
 * one name as a list. Read by hand, because StAX tells only where a tag ends and nothing of attributes. Document types are
 * skipped and entities of their own stay as they are written, so nothing is fetched and nothing grows.
 */
final class Xml {

    private final ConfigText text;
    private final String s;
    private final Deque<Element> open = new ArrayDeque<>();
    private int i;

    private Xml(ConfigText text) {
        this.text = text;
        this.s = text.text();
    }

    /** An element whose end is still to come. */
    private static final class Element {
        final String name;
        final Draft draft;
        final StringBuilder content = new StringBuilder();
        int contentAt = -1;

        Element(String name, Draft draft) {
            this.name = name;
            this.draft = draft;
        }
    }

    static List<ConfigNode> read(ConfigText text) throws UnreadableConfig {
        return List.of(new Xml(text).document());
    }

    private ConfigNode document() throws UnreadableConfig {
        Draft root = Draft.at(text, 0, 1);
        open.push(new Element("", root));
        while (i < s.length()) {
            if (s.startsWith("<!--", i)) {
                i = after("-->", i + 4);
            } else if (s.startsWith("<![CDATA[", i)) {
                int end = after("]]>", i + 9);
                content(s.substring(i + 9, end - 3), i + 9);
                i = end;
            } else if (s.startsWith("<?", i)) {
                i = after("?>", i + 2);
            } else if (s.startsWith("<!", i)) {
                skipDeclaration();
            } else if (s.startsWith("</", i)) {
                end();
            } else if (s.charAt(i) == '<') {
                start();
            } else {
                int next = s.indexOf('<', i);
                int end = next < 0 ? s.length() : next;
                content(Entities.plain(s.substring(i, end)), i);
                i = end;
            }
        }
        if (open.size() > 1) {
            throw text.fail("not XML: <" + shown(open.element().name) + "> is not closed", s.length());
        }
        return root.finish();
    }

    private void start() throws UnreadableConfig {
        int at = i++;
        String name = name();
        Element element = new Element(name, open.element().draft.another(name, at));
        boolean more = true;
        while (more) {
            skipWhiteSpace();
            if (s.startsWith("/>", i)) {
                i += 2;
                return;
            }
            more = i < s.length() && s.charAt(i) != '>';
            if (more) {
                attribute(element.draft);
            }
        }
        if (i >= s.length()) {
            throw text.fail("not XML: a tag is not closed", at);
        }
        i++;
        open.push(element);
    }

    private void attribute(Draft element) throws UnreadableConfig {
        String name = name();
        skipWhiteSpace();
        if (!s.startsWith("=", i)) {
            throw text.fail("not XML: an attribute without a value", i);
        }
        i++;
        skipWhiteSpace();
        char quote = i < s.length() ? s.charAt(i) : ' ';
        int end = quote == '"' || quote == '\'' ? s.indexOf(quote, i + 1) : -1;
        if (end < 0) {
            throw text.fail("not XML: an attribute whose value is not in quotes", i);
        }
        element.put("@" + name, text.scalar(Entities.plain(s.substring(i + 1, end)), true, i + 1));
        i = end + 1;
    }

    private void end() throws UnreadableConfig {
        int at = i;
        i += 2;
        String name = name();
        skipWhiteSpace();
        if (!s.startsWith(">", i) || open.size() == 1 || !open.element().name.equals(name)) {
            throw text.fail("not XML: </" + shown(name) + "> ends <" + shown(open.element().name) + ">", at);
        }
        i++;
        Element element = open.pop();
        if (element.contentAt >= 0) {
            String content = element.content.toString().strip();
            element.draft.put("#text", text.scalar(content, false, element.contentAt));
        }
    }

    private void content(String part, int at) {
        Element element = open.element();
        if (element.contentAt < 0) {
            int first = 0;
            while (first < part.length() && Character.isWhitespace(part.charAt(first))) {
                first++;
            }
            if (first == part.length()) {
                return;
            }
            element.contentAt = at + first;
        }
        element.content.append(part);
    }

    /** Skips a document type with what it declares. */
    private void skipDeclaration() throws UnreadableConfig {
        int at = i;
        int brackets = 0;
        for (i += 2; i < s.length(); i++) {
            char one = s.charAt(i);
            if (one == '"' || one == '\'') {
                i = after(String.valueOf(one), i + 1) - 1;
            } else if (s.startsWith("<!--", i)) {
                i = after("-->", i + 4) - 1;
            } else if (one == '[' || one == ']') {
                brackets += one == '[' ? 1 : -1;
            } else if (one == '>' && brackets <= 0) {
                i++;
                return;
            }
        }
        throw text.fail("not XML: a declaration is not closed", at);
    }

    private String name() throws UnreadableConfig {
        int from = i;
        while (i < s.length() && isOfName(s.charAt(i))) {
            i++;
        }
        if (i == from) {
            throw text.fail("not XML: a name is missing", from);
        }
        return s.substring(from, i);
    }

    private static boolean isOfName(char one) {
        return Character.isLetterOrDigit(one) || one == '_' || one == '-' || one == '.' || one == ':';
    }

    private void skipWhiteSpace() {
        while (i < s.length() && Character.isWhitespace(s.charAt(i))) {
            i++;
        }
    }

    private int after(String sign, int from) throws UnreadableConfig {
        int at = s.indexOf(sign, from);
        if (at < 0) {
            throw text.fail("not XML: " + sign + " is missing", from);
        }
        return at + sign.length();
    }

    private static String shown(String name) {
        return name.length() > 60 ? name.substring(0, 60) + "…" : name;
    }
}
