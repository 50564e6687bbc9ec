package dev.poolwright.scan.library;

import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A pom with its parents inside the tree, nearest first: what Maven makes one model of. Profiles count as if they were on. What
 * would have to be fetched is not seen.
 */
final class Pom {

    private static final int MOST_PARENTS = 10;
    private static final int MOST_IMPORTS = 3;
    private static final int MOST_ROUNDS = 8;
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^{}]{1,200})\\}");

    private final List<ConfigNode> chain;
    private final List<Pom> imported;

    private Pom(List<ConfigNode> chain, List<Pom> imported) {
        this.chain = List.copyOf(chain);
        this.imported = List.copyOf(imported);
    }

    static Pom of(SourceFile file, Project project) {
        return of(file, project, MOST_IMPORTS);
    }

    private static Pom of(SourceFile file, Project project, int imports) {
        List<ConfigNode> chain = new ArrayList<>();
        Optional<SourceFile> next = Optional.of(file);
        while (next.isPresent() && chain.size() < MOST_PARENTS) {
            SourceFile one = next.get();
            Optional<ConfigNode> root = project.config(one).stream()
                    .flatMap(document -> document.at("project").stream())
                    .findFirst();
            if (root.isEmpty() || chain.contains(root.get())) {
                break;
            }
            chain.add(root.get());
            next = parent(one, root.get(), project);
        }
        return new Pom(chain, imports == 0 ? List.of() : imported(chain, project, imports));
    }

    /** The lists of versions of this tree that it imports. */
    private static List<Pom> imported(List<ConfigNode> chain, Project project, int imports) {
        List<Pom> imported = new ArrayList<>();
        new Pom(chain, List.of())
                .managed()
                .filter(one -> one.text("scope").equals("import") && imported.size() < MOST_IMPORTS)
                .flatMap(one -> PomFiles.of(project).named(one.text("artifactId")).stream())
                .forEach(one -> imported.add(of(one, project, imports - 1)));
        return imported;
    }

    private static Optional<SourceFile> parent(SourceFile file, ConfigNode root, Project project) {
        String artifact = root.text("parent", "artifactId");
        if (artifact.isEmpty()) {
            return Optional.empty();
        }
        boolean said = root.at("parent", "relativePath").isPresent();
        String written = root.text("parent", "relativePath");
        if (said && written.isEmpty()) {
            return Optional.empty();
        }
        String path = joined(file.folder(), said ? written : "../pom.xml");
        return project.file(path.endsWith(".xml") ? path : joined(path, "pom.xml"))
                .filter(found -> project.config(found).stream()
                        .anyMatch(one -> one.text("project", "artifactId").equals(artifact)));
    }

    private static String joined(String folder, String path) {
        List<String> parts = new ArrayList<>();
        for (String part : (folder + "/" + path).split("/", -1)) {
            if (part.equals("..") && !parts.isEmpty()) {
                parts.remove(parts.size() - 1);
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    /** The dependencies of the file itself. */
    List<ConfigNode> own() {
        return chain.isEmpty() ? List.of() : dependencies(chain.get(0)).toList();
    }

    /** What parents give to every module below them. */
    List<ConfigNode> inherited() {
        return chain.stream().skip(1).flatMap(Pom::dependencies).toList();
    }

    private static Stream<ConfigNode> dependencies(ConfigNode root) {
        return Stream.concat(
                root.each("dependencies", "dependency").stream(),
                root.each("profiles", "profile").stream()
                        .flatMap(profile -> profile.each("dependencies", "dependency").stream()));
    }

    /** What is managed, here, in a parent, or in a list of versions of this tree. */
    Stream<ConfigNode> managed() {
        return Stream.concat(
                chain.stream()
                        .flatMap(root -> root.each("dependencyManagement", "dependencies", "dependency").stream()),
                imported.stream().flatMap(Pom::managed));
    }

    /** The parent that is declared at the end of what is in the tree. */
    Optional<ConfigNode> outerParent() {
        return chain.isEmpty() ? Optional.empty() : chain.get(chain.size() - 1).at("parent");
    }

    /** The version of a dependency: its own, or the one that is managed. */
    Optional<ConfigNode.Scalar> version(ConfigNode dependency) {
        return dependency
                .scalar("version")
                .or(() -> managed()
                        .filter(one -> one.text("artifactId").equals(dependency.text("artifactId"))
                                && one.text("groupId").equals(dependency.text("groupId")))
                        .flatMap(one -> one.scalar("version").stream())
                        .findFirst());
    }

    Optional<ConfigNode.Scalar> property(String name) {
        return chain.stream()
                .flatMap(root -> root.at("properties").stream())
                .flatMap(properties -> properties.scalar(name).stream())
                .findFirst()
                .or(() -> imported.stream()
                        .flatMap(one -> one.property(name).stream())
                        .findFirst());
    }

    /** A text with its properties put in; what is not known stays. */
    String resolved(String text) {
        String resolved = text;
        for (int round = 0; round < MOST_ROUNDS && resolved.contains("${") && resolved.length() < 1_000; round++) {
            Matcher property = PROPERTY.matcher(resolved);
            resolved = property.replaceAll(
                    found -> Matcher.quoteReplacement(value(found.group(1)).orElse(found.group())));
        }
        return resolved;
    }

    private Optional<String> value(String name) {
        if (name.equals("project.version") || name.equals("version")) {
            return chain.stream()
                    .flatMap(root -> Stream.of(root.text("version"), root.text("parent", "version")))
                    .filter(version -> !version.isEmpty())
                    .findFirst();
        }
        return property(name).map(ConfigNode.Scalar::text);
    }
}
