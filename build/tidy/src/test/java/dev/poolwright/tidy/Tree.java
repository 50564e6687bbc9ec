package dev.poolwright.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The files of the repository that people write: no build output, nothing hidden but the build's own folders. */
record Tree(Path root, List<Path> files) {
    private static final Set<String> NOT_WRITTEN = Set.of("target", "node_modules", "__pycache__", "venv");
    private static final Set<String> HIDDEN_BUT_OURS = Set.of(".ci", ".mvn");
    private static final Set<String> TEXT = Set.of(
            "java",
            "py",
            "sh",
            "js",
            "css",
            "html",
            "xml",
            "yaml",
            "yml",
            "json",
            "md",
            "txt",
            "toml",
            "sql",
            "properties",
            "cfg",
            "ini",
            "");

    /** A tree this large is a mistake in what is left out, and would make every check slow. */
    private static final int MOST_FILES = 20_000;

    Tree {
        files = List.copyOf(files);
    }

    /** Reads the tree under {@code root}; an unreadable folder fails the test that asked. */
    static Tree under(Path root) {
        Path top = root.toAbsolutePath().normalize();
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(top, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return folder.equals(top) || isOurs(folder)
                            ? FileVisitResult.CONTINUE
                            : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        found.add(top.relativize(file));
                    }
                    return found.size() > MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the source tree cannot be read: root = " + top, e);
        }
        if (found.size() > MOST_FILES) {
            throw new IllegalStateException("more than " + MOST_FILES + " files under " + top);
        }
        found.sort(null);
        return new Tree(top, found);
    }

    /** The repository this test was built in. */
    static Tree ofRepository() {
        return under(Path.of(System.getProperty("tidy.root", "../..")));
    }

    private static boolean isOurs(Path folder) {
        String name = folder.getFileName().toString();
        return name.startsWith(".") ? HIDDEN_BUT_OURS.contains(name) : !NOT_WRITTEN.contains(name);
    }

    /** Paths relative to the root, with forward slashes. */
    List<String> paths(Predicate<String> wanted) {
        return files.stream().map(Tree::slashed).filter(wanted).toList();
    }

    List<String> javaFiles() {
        return paths(path -> path.endsWith(".java"));
    }

    /** Everything that is read by people or tools as text, judged by its ending. */
    List<String> textFiles() {
        return paths(path -> TEXT.contains(ending(path)));
    }

    boolean has(String path) {
        return Files.exists(root.resolve(path));
    }

    String text(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException("not readable as UTF-8 text: " + path, e);
        }
    }

    static String ending(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }
}
