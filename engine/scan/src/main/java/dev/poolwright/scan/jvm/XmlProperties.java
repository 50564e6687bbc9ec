package dev.poolwright.scan.jvm;

import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.jvm.settings.Setting;
import dev.poolwright.scan.tree.SourceFile;
import java.util.List;
import java.util.Map;

/** Elements {@code <property name="…" value="…"/>} and {@code <property name="…">…</property>}, wherever they stand. */
final class XmlProperties {

    private static final int DEEPEST = 32;

    private XmlProperties() {}

    /** Adds those in a document, in order. */
    static void add(ConfigNode node, SourceFile file, List<Setting> settings, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        switch (node) {
            case ConfigNode.Entries entries -> {
                for (Map.Entry<String, ConfigNode> entry : entries.entries().entrySet()) {
                    boolean property = entry.getKey().matches("(\\w+:)?(property|prop)");
                    for (ConfigNode one : elements(entry.getValue())) {
                        if (property) {
                            property(one, file, settings);
                        }
                        add(one, file, settings, depth + 1);
                    }
                }
            }
            case ConfigNode.Items items -> items.items().forEach(one -> add(one, file, settings, depth + 1));
            case ConfigNode.Scalar leaf -> {}
        }
    }

    /** One element or several of one name. */
    static List<ConfigNode> elements(ConfigNode node) {
        return node instanceof ConfigNode.Items items ? items.items() : List.of(node);
    }

    private static void property(ConfigNode node, SourceFile file, List<Setting> settings) {
        String name = node.text("@name").isEmpty() ? node.text("@key") : node.text("@name");
        String attribute = node.text("@value");
        ConfigNode inner = node.at("value").orElse(node);
        String text = attribute.isEmpty()
                ? (inner instanceof ConfigNode.Scalar scalar ? scalar.text() : inner.text("#text"))
                : attribute;
        if (!name.isEmpty()) {
            settings.add(new Setting(name, text.strip(), "", file, node.origin()));
        }
    }
}
