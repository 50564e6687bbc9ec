package dev.poolwright.scan.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Procfile: {@code name: command}. */
final class Procfile {

    private Procfile() {}

    static List<ConfigNode> read(ConfigText text) throws UnreadableConfig {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        for (int i = 0; i < text.length(); i = text.lineEnd(i) + 1) {
            int end = text.lineEnd(i);
            int colon = text.text().indexOf(':', i, end);
            String name = colon < 0 ? "" : text.text().substring(i, colon).strip();
            if (!name.isEmpty() && !name.startsWith("#")) {
                int at = text.afterSpaces(colon + 1, end);
                entries.put(name, text.scalar(text.text().substring(at, end).strip(), false, at));
            }
        }
        return List.of(new ConfigNode.Entries(entries, text.origin(0)));
    }
}
