package dev.poolwright.scan.tree;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The regular files below a folder, in order of name. Links are not followed, so nothing outside is read and no loop is
 * entered. Folders that hold what a build or a package manager made are not entered.
 *
 * @param skipped a line for each file or folder that could not be looked at, at most {@value #MOST_LINES}
 */
public record SourceTree(Path root, List<SourceFile> files, List<String> skipped) {

    private static final int DEEPEST = 64;
    private static final int MOST_LINES = 100;

    private static final Set<String> NOT_ENTERED = Set.of(
            ".git",
            ".hg",
            ".svn",
            "node_modules",
            ".venv",
            "venv",
            "__pycache__",
            ".tox",
            ".mypy_cache",
            ".pytest_cache",
            ".gradle",
            ".idea",
            ".vscode",
            "target",
            ".next",
            ".nuxt",
            ".terraform",
            "bower_components",
            ".poolwright");

    public SourceTree {
        files = List.copyOf(files);
        skipped = List.copyOf(skipped);
    }

    /** @throws IOException when the root itself cannot be read */
    public static SourceTree walk(Path root) throws IOException {
        List<SourceFile> files = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        Files.walkFileTree(root, Set.of(), DEEPEST, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean enter = folder.equals(root) || !NOT_ENTERED.contains(String.valueOf(folder.getFileName()));
                return enter ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                String name = root.relativize(path).toString().replace('\\', '/');
                if (attributes.isRegularFile()) {
                    Language language = Language.of(String.valueOf(path.getFileName()));
                    files.add(new SourceFile(path, name, language, Places.of(name), attributes.size()));
                } else if (attributes.isDirectory()) {
                    skip(name, "deeper than " + DEEPEST + " folders");
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
                if (path.equals(root)) {
                    throw failure;
                }
                skip(root.relativize(path).toString(), failure.getClass().getSimpleName());
                return FileVisitResult.CONTINUE;
            }

            private void skip(String name, String why) {
                if (skipped.size() < MOST_LINES) {
                    skipped.add(name + ": " + why);
                }
            }
        });
        files.sort(Comparator.comparing(SourceFile::name));
        return new SourceTree(root, files, skipped);
    }
}
