package dev.poolwright.scan.config;

import java.util.List;
import java.util.Map;

/** Nested nodes to dotted keys. */
final class Flat {

    private static final int MOST = 50_000;
    private static final int LONGEST = 1_000;

    private Flat() {}

    static void collect(ConfigNode node, String way, Map<String, ConfigNode.Scalar> flat) {
        if (flat.size() >= MOST || way.length() > LONGEST) {
            return;
        }
        switch (node) {
            case ConfigNode.Scalar scalar -> flat.put(way, scalar);
            case ConfigNode.Entries entries ->
                entries.entries().forEach((key, value) -> {
                    if (key.length() <= LONGEST) {
                        collect(value, way.isEmpty() ? key : way + "." + key, flat);
                    }
                });
            case ConfigNode.Items items -> {
                List<ConfigNode> all = items.items();
                for (int i = 0; i < all.size(); i++) {
                    collect(all.get(i), way + "[" + i + "]", flat);
                }
            }
        }
    }
}
