package dev.poolwright.scan.node;

import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The modules of a tree, each made when it is first asked for, and where their imports lead. Safe for several threads. */
final class NodeIndex {

    /** Modules that are read because others import them. A tree that asks for more has names that cannot be followed. */
    private static final int MOST_MODULES = 4_000;

    private static final List<String> ENDINGS = List.of(
            "",
            ".ts",
            ".tsx",
            ".js",
            ".mjs",
            ".cjs",
            ".mts",
            ".cts",
            ".jsx",
            "/index.ts",
            "/index.js",
            "/index.tsx",
            "/index.mjs",
            "/index.cjs");

    private final Project project;
    private final Map<String, Optional<NodeModule>> modules = new ConcurrentHashMap<>();
    private final Map<String, List<SourceFile>> byFileName = new HashMap<>();
    private final Map<String, Map<String, String>> aliases = new ConcurrentHashMap<>();
    private final Map<String, String> workspaces;
    private final AtomicInteger made = new AtomicInteger();

    private NodeIndex(Project project) {
        this.project = project;
        for (SourceFile file : project.tree().files()) {
            if (file.fileName().equals("package.json") || file.fileName().matches("(ts|js)config(\\.base)?\\.json")) {
                byFileName
                        .computeIfAbsent(file.fileName(), key -> new ArrayList<>())
                        .add(file);
            }
        }
        this.workspaces = workspaces();
    }

    static NodeIndex of(Project project) {
        return project.view(NodeIndex.class, NodeIndex::new);
    }

    /** The module of a file; empty when it cannot be read. */
    Optional<NodeModule> module(SourceFile file) {
        Optional<NodeModule> known = modules.get(file.name());
        if (known == null) {
            known = made.incrementAndGet() > MOST_MODULES
                    ? Optional.empty()
                    : project.syntax(file).map(root -> new NodeModule(this, file, root));
            Optional<NodeModule> other = modules.putIfAbsent(file.name(), known);
            known = other == null ? known : other;
        }
        return known;
    }

    Project project() {
        return project;
    }

    /** The module of the tree that an import names; empty for packages from outside. */
    Optional<NodeModule> imported(NodeModule from, String source) {
        return path(from.file().folder(), source).flatMap(this::module);
    }

    private Optional<SourceFile> path(String folder, String source) {
        if (source.startsWith(".")) {
            return file(join(folder, source));
        }
        if (source.isEmpty() || source.startsWith("node:")) {
            return Optional.empty();
        }
        Optional<SourceFile> aliased = aliased(folder, source);
        return aliased.isPresent() ? aliased : workspace(source);
    }

    /** The file of a path without its ending, or with the one that it will have once it is compiled. */
    private Optional<SourceFile> file(String path) {
        for (String ending : ENDINGS) {
            Optional<SourceFile> found = project.file(path + ending);
            if (found.isPresent() && (!ending.isEmpty() || path.matches(".*\\.[cm]?[jt]sx?"))) {
                return found;
            }
        }
        if (path.matches(".*\\.[cm]?js")) {
            String bare = path.substring(0, path.lastIndexOf('.'));
            for (String ending : List.of(".ts", ".mts", ".cts", ".tsx")) {
                Optional<SourceFile> found = project.file(bare + ending);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** By {@code compilerOptions.paths} of the nearest tsconfig.json; without one, {@code @/x} and {@code ~/x} by custom. */
    private Optional<SourceFile> aliased(String folder, String source) {
        String at = folder;
        for (int up = 0; up < 12; up++) {
            Map<String, String> paths = aliases.computeIfAbsent(at, this::paths);
            for (Map.Entry<String, String> one : paths.entrySet()) {
                String prefix = one.getKey();
                boolean open = prefix.endsWith("*");
                String start = open ? prefix.substring(0, prefix.length() - 1) : prefix;
                if (open ? source.startsWith(start) : source.equals(start)) {
                    Optional<SourceFile> found =
                            file(one.getValue().replace("*", open ? source.substring(start.length()) : ""));
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
            boolean custom = source.startsWith("@/") || source.startsWith("~/");
            if (custom && project.file(join(at, "package.json")).isPresent()) {
                String rest = source.substring(2);
                Optional<SourceFile> found = file(join(at, "src/" + rest)).or(() -> Optional.empty());
                return found.isPresent() ? found : file(join(at, rest));
            }
            if (at.isEmpty()) {
                return Optional.empty();
            }
            at = at.contains("/") ? at.substring(0, at.lastIndexOf('/')) : "";
        }
        return Optional.empty();
    }

    private Map<String, String> paths(String folder) {
        Map<String, String> found = new HashMap<>();
        for (String name : List.of("tsconfig.json", "tsconfig.base.json", "jsconfig.json")) {
            project.file(join(folder, name)).ifPresent(file -> {
                for (ConfigNode document : project.config(file)) {
                    String base = join(folder, document.text("compilerOptions", "baseUrl"));
                    document.entries("compilerOptions", "paths").forEach((alias, targets) -> {
                        if (targets instanceof ConfigNode.Items items
                                && !items.items().isEmpty()
                                && items.items().get(0) instanceof ConfigNode.Scalar first) {
                            found.put(alias, join(base, first.text()));
                        }
                    });
                }
            });
        }
        return found;
    }

    /** {@code @scope/name} of the tree's own packages, and their folders. */
    private Map<String, String> workspaces() {
        Map<String, String> found = new HashMap<>();
        for (SourceFile file : byFileName.getOrDefault("package.json", List.of())) {
            if (found.size() < 1_000) {
                for (ConfigNode document : project.config(file)) {
                    String name = document.text("name");
                    if (!name.isEmpty()) {
                        found.putIfAbsent(name, file.folder());
                    }
                }
            }
        }
        return found;
    }

    private Optional<SourceFile> workspace(String source) {
        String[] parts = source.split("/", source.startsWith("@") ? 3 : 2);
        int named = source.startsWith("@") ? 2 : 1;
        if (parts.length < named) {
            return Optional.empty();
        }
        String name = source.startsWith("@") ? parts[0] + "/" + parts[1] : parts[0];
        String folder = workspaces.get(name);
        if (folder == null) {
            return Optional.empty();
        }
        String rest = parts.length > named ? parts[named] : "";
        List<String> tries = rest.isEmpty()
                ? List.of("src/index", "index", "src/main", "lib/index")
                : List.of(rest, "src/" + rest, "lib/" + rest);
        return tries.stream()
                .map(one -> file(join(folder, one)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** A path below a folder, with {@code .} and {@code ..} resolved. */
    static String join(String folder, String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (folder + "/" + path).split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }
}
