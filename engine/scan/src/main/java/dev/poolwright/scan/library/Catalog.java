package dev.poolwright.scan.library;

import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceText;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gradle's {@code libs.versions.toml}.
 *
 * @param byAlias by the alias as {@link #accessor} writes it; plugins with {@code plugins} before it
 * @param bundles aliases by the name of their bundle, with {@code bundles} before it
 */
record Catalog(Map<String, Entry> byAlias, Map<String, List<String>> bundles) {

    static final Catalog NONE = new Catalog(Map.of(), Map.of());

    private static final Pattern OWN_NAME = Pattern.compile("files\\(\\s*[\"']\\.?/?([\\w./-]{1,100}\\.toml)[\"']");

    /** @param version empty where the catalog leaves it open */
    record Entry(String group, String artifact, String version) {}

    Catalog {
        byAlias = Map.copyOf(byAlias);
        bundles = Map.copyOf(bundles);
    }

    /** The one that a folder itself has. */
    static Optional<Catalog> in(String folder, Project project) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        return project.file(prefix + "gradle/libs.versions.toml")
                .or(() -> named(prefix, "settings.gradle", project))
                .or(() -> named(prefix, "settings.gradle.kts", project))
                .flatMap(file -> project.config(file).stream().findFirst())
                .map(Catalog::of);
    }

    private static Catalog of(ConfigNode root) {
        Map<String, Entry> entries = new HashMap<>();
        Map<String, List<String>> bundles = new HashMap<>();
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
        root.entries("bundles")
                .forEach((name, list) -> bundles.put(
                        accessor("bundles." + name),
                        list.items().stream().map(one -> accessor(one.text())).toList()));
        root.entries("plugins").forEach((alias, node) -> {
            String[] parts = node.text().split(":", -1);
            String id = node.text().isEmpty() ? node.text("id") : parts[0];
            String version = parts.length > 1 ? parts[1] : version(root, node);
            if (id.equals("org.springframework.boot") || id.equals("io.quarkus")) {
                entries.put(accessor("plugins." + alias), new Entry(id, id + ".gradle.plugin", version));
            }
        });
        return new Catalog(entries, bundles);
    }

    /** A catalog under a name of its own, which the settings of the build say. */
    private static Optional<SourceFile> named(String prefix, String settings, Project project) {
        String text = project.file(prefix + settings)
                .flatMap(project::text)
                .map(SourceText::text)
                .orElse("");
        Matcher written = OWN_NAME.matcher(text);
        return written.find() ? project.file(prefix + written.group(1)) : Optional.empty();
    }

    /** What an accessor of a build script stands for: a library, a plugin, or all of a bundle. */
    List<Entry> named(String accessor) {
        String name = accessor(accessor);
        return bundles.getOrDefault(name, List.of(name)).stream()
                .filter(byAlias::containsKey)
                .map(byAlias::get)
                .toList();
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
