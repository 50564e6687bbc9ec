package dev.poolwright.scan.library;

import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.SourceFile;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Gradle's {@code libs.versions.toml}.
 *
 * @param byAlias by the alias as {@link #accessor} writes it; plugins with {@code plugins} before it
 */
record Catalog(Map<String, Entry> byAlias) {

    /** @param version empty where the catalog leaves it open */
    record Entry(String group, String artifact, String version) {}

    Catalog {
        byAlias = Map.copyOf(byAlias);
    }

    /** The one of the nearest folder above a build script; empty where there is none. */
    static Catalog above(SourceFile file, Project project) {
        Map<String, Entry> entries = new HashMap<>();
        GradleVariables.catalog(file, project).ifPresent(root -> {
            root.entries("libraries").forEach((alias, node) -> {
                String module = node.text().isEmpty() ? node.text("module") : node.text();
                String[] parts = module.split(":", -1);
                String artifact = parts.length > 1 ? parts[1] : node.text("name");
                entries.put(
                        accessor(alias),
                        new Entry(
                                parts.length > 1 ? parts[0] : node.text("group"),
                                artifact,
                                parts.length > 2 ? parts[2] : version(root, node)));
            });
            root.entries("plugins").forEach((alias, node) -> {
                String[] parts = node.text().split(":", -1);
                String id = node.text().isEmpty() ? node.text("id") : parts[0];
                String version = parts.length > 1 ? parts[1] : version(root, node);
                if (id.equals("org.springframework.boot") || id.equals("io.quarkus")) {
                    entries.put(accessor("plugins." + alias), new Entry(id, id + ".gradle.plugin", version));
                }
            });
        });
        return new Catalog(entries);
    }

    private static String version(ConfigNode root, ConfigNode node) {
        String reference = node.text("version", "ref");
        if (!reference.isEmpty()) {
            return text(root, "versions", reference);
        }
        return node.text("version").isEmpty() ? node.text("version", "strictly") : node.text("version");
    }

    private static String text(ConfigNode root, String table, String key) {
        String plain = root.text(table, key);
        return plain.isEmpty() ? root.text(table, key, "strictly") + root.text(table, key, "require") : plain;
    }

    /** An alias as build scripts write it, without regard to its separators. */
    static String accessor(String alias) {
        return alias.toLowerCase(Locale.ROOT).replace('-', '.').replace('_', '.');
    }
}
