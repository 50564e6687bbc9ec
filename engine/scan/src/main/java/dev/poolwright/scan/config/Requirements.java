package dev.poolwright.scan.config;

import java.util.ArrayList;
import java.util.List;

/** Python requirements: one item for each logical line, without comments; options such as {@code -r base.txt} are items too. */
final class Requirements {

    private Requirements() {}

    static List<ConfigNode> read(ConfigText text) throws UnreadableConfig {
        List<ConfigNode> items = new ArrayList<>();
        String s = text.text();
        int i = 0;
        while (i < s.length()) {
            int at = text.afterSpaces(i, text.lineEnd(i));
            StringBuilder line = new StringBuilder();
            boolean more = true;
            while (more) {
                int end = text.lineEnd(i);
                String part = s.substring(i, end).strip();
                more = part.endsWith("\\") && end < s.length();
                line.append(more ? part.substring(0, part.length() - 1) : part);
                i = end + 1;
            }
            String requirement = withoutComment(line.toString());
            if (!requirement.isEmpty()) {
                items.add(text.scalar(requirement, false, at));
            }
        }
        return List.of(new ConfigNode.Items(items, text.origin(0)));
    }

    private static String withoutComment(String line) {
        int comment = line.startsWith("#") ? 0 : line.indexOf(" #");
        return (comment < 0 ? line : line.substring(0, comment)).strip();
    }
}
