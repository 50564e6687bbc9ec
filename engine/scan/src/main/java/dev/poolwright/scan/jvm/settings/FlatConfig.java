package dev.poolwright.scan.jvm.settings;

import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Configuration trees as flat settings. Items of lists have keys like {@code urls[0]}. */
public final class FlatConfig {

    private static final int MOST = 20_000;
    private static final int DEEPEST = 32;

    private FlatConfig() {}

    /** The settings of one file, all with this profile. */
    public static List<Setting> of(Project project, SourceFile file, String profile) {
        List<Setting> settings = new ArrayList<>();
        for (ConfigNode document : project.config(file)) {
            settings.addAll(of(document, file, profile));
        }
        return settings;
    }

    /** The settings of one document. */
    public static List<Setting> of(ConfigNode document, SourceFile file, String profile) {
        List<Setting> settings = new ArrayList<>();
        add(document, "", file, profile, 0, settings);
        return settings;
    }

    private static void add(
            ConfigNode node, String key, SourceFile file, String profile, int depth, List<Setting> settings) {
        if (settings.size() >= MOST || depth > DEEPEST) {
            return;
        }
        switch (node) {
            case ConfigNode.Scalar scalar -> {
                if (!key.isEmpty()) {
                    settings.add(new Setting(key, scalar.text(), profile, file, scalar.origin()));
                }
            }
            case ConfigNode.Items items -> {
                for (int i = 0; i < items.items().size(); i++) {
                    add(items.items().get(i), key + "[" + i + "]", file, profile, depth + 1, settings);
                }
            }
            case ConfigNode.Entries entries -> {
                for (Map.Entry<String, ConfigNode> entry : entries.entries().entrySet()) {
                    String below = key.isEmpty() ? entry.getKey() : key + "." + entry.getKey();
                    add(entry.getValue(), below, file, profile, depth + 1, settings);
                }
            }
        }
    }
}
