package dev.poolwright.scan.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Dockerfile: a list of instructions. Each is a map of {@code instruction} (upper case), {@code text} (its logical line without
 * comments), {@code words} (the same as the shell or the JSON list divides it) and, for ENV, ARG and LABEL, {@code pairs}.
 * What a heredoc holds is left out.
 */
final class Dockerfile {

    private final ConfigText text;
    private final String s;
    private char escape = '\\';
    private int i;

    private Dockerfile(ConfigText text) {
        this.text = text;
        this.s = text.text();
    }

    static List<ConfigNode> read(ConfigText text) throws UnreadableConfig {
        return List.of(new Dockerfile(text).document());
    }

    private ConfigNode document() throws UnreadableConfig {
        List<ConfigNode> instructions = new ArrayList<>();
        while (i < s.length()) {
            int end = text.lineEnd(i);
            int first = text.afterSpaces(i, end);
            if (first == end || s.charAt(first) == '#') {
                if (instructions.isEmpty() && s.substring(first, end).matches("#\\s*escape\\s*=\\s*`\\s*")) {
                    escape = '`';
                }
                i = end + 1;
            } else {
                instructions.add(instruction(first));
            }
        }
        text.count(1, text.origin(0));
        return new ConfigNode.Items(instructions, text.origin(0));
    }

    private ConfigNode instruction(int start) throws UnreadableConfig {
        DockerLine line = logicalLine(start);
        String name = line.name();
        List<ConfigNode> words = line.words();
        skipHeredocs(line);
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        entries.put("instruction", text.scalar(name, false, start));
        entries.put("text", line.arguments());
        text.count(1, text.origin(start));
        entries.put("words", new ConfigNode.Items(words, text.origin(start)));
        if (name.equals("ENV") || name.equals("ARG") || name.equals("LABEL")) {
            text.count(1, text.origin(start));
            entries.put("pairs", new ConfigNode.Entries(DockerLine.pairs(words), text.origin(start)));
        }
        return new ConfigNode.Entries(entries, text.origin(start));
    }

    /** The lines of one instruction as one, with the place of each of its characters. */
    private DockerLine logicalLine(int start) {
        DockerLine line = new DockerLine(text, escape);
        i = start;
        boolean more = true;
        while (more && i < s.length()) {
            int end = text.lineEnd(i);
            int first = text.afterSpaces(i, end);
            i = end + 1;
            if (first < end && s.charAt(first) == '#') {
                continue; // a comment between continued lines is not the end of them; as Docker reads it, nor is an
                // empty line
            }
            int last = end;
            while (last > first && Character.isWhitespace(s.charAt(last - 1))) {
                last--;
            }
            more = last == first || s.charAt(last - 1) == escape;
            line.append(first, last > first && more ? last - 1 : last);
        }
        return line;
    }

    private void skipHeredocs(DockerLine line) {
        for (String name : line.heredocs()) {
            boolean found = false;
            while (!found && i < s.length()) {
                int end = text.lineEnd(i);
                found = s.substring(i, end).strip().equals(name);
                i = end + 1;
            }
        }
    }
}
