package dev.poolwright.scan.config;

import java.util.List;

/**
 * A Prisma schema: {@code datasource}, {@code generator}, {@code model} and the like, by kind and name. What stands behind
 * {@code =} is a scalar; for fields of a model it is all that stands behind the field's name.
 */
final class Prisma {

    private final ConfigText text;
    private final String s;

    private Prisma(ConfigText text) {
        this.text = text;
        this.s = text.text();
    }

    static List<ConfigNode> read(ConfigText text) throws UnreadableConfig {
        return List.of(new Prisma(text).document());
    }

    private ConfigNode document() throws UnreadableConfig {
        Draft root = Draft.at(text, 0, 1);
        Draft block = root;
        for (int i = 0; i < s.length(); i = text.lineEnd(i) + 1) {
            int end = text.lineEnd(i);
            int first = text.afterSpaces(i, end);
            String line = s.substring(first, end).strip();
            if (line.isEmpty() || line.startsWith("//")) {
                continue;
            }
            if (block != root && line.equals("}")) {
                block = root;
            } else if (block == root && line.endsWith("{")) {
                block = root;
                for (String word : line.substring(0, line.length() - 1).strip().split("\\s+", 3)) {
                    block = block.child(word, first);
                }
            } else if (block == root) {
                throw text.fail("not a Prisma schema: text outside of a block", first);
            } else {
                entry(block, first, end);
            }
        }
        if (block != root) {
            throw text.fail("not a Prisma schema: a block is not closed", s.length());
        }
        return root.finish();
    }

    private void entry(Draft block, int first, int end) throws UnreadableConfig {
        int name = first;
        while (name < end && !Character.isWhitespace(s.charAt(name)) && s.charAt(name) != '=') {
            name++;
        }
        int at = text.afterSpaces(name, end);
        if (at < end && s.charAt(at) == '=') {
            at = text.afterSpaces(at + 1, end);
        }
        block.put(s.substring(first, name), value(at, end));
    }

    private ConfigNode value(int at, int end) throws UnreadableConfig {
        int close = at < end && s.charAt(at) == '"' ? s.indexOf('"', at + 1, end) : -1;
        if (close > 0) {
            return text.scalar(s.substring(at + 1, close), true, at);
        }
        int comment = s.indexOf(" //", at, end);
        return text.scalar(s.substring(at, comment < 0 ? end : comment).strip(), false, at);
    }
}
