package dev.poolwright.scan.tree;

import dev.poolwright.model.fact.Place;
import dev.poolwright.scan.tree.PosixFolder.Entry;
import dev.poolwright.scan.tree.PosixFolder.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;

/**
 * The regular files below a folder, in order of name. Links are not followed, so nothing outside is read and no loop is
 * entered. Folders that hold what a build or a package manager made are not entered.
 *
 * @param skipped a line for each file or folder that could not be looked at, in order
 */
public record SourceTree(Path root, List<SourceFile> files, List<String> skipped) {

    /** Deeper folders are not entered; a line says so. */
    static final int DEEPEST = 64;

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
        return walk(root, ForkJoinPool.commonPool());
    }

    static SourceTree walk(Path root, ForkJoinPool workers) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(root.toString());
        }
        if (!Files.isReadable(root)) {
            throw new AccessDeniedException(root.toString(), null, "no permission to read this folder");
        }
        Found found = workers.invoke(new Walk(root, root, "", Place.MAIN, 1));
        found.files.sort(Comparator.comparing(SourceFile::name));
        found.skipped.sort(Comparator.naturalOrder());
        return new SourceTree(root, found.files, found.skipped);
    }

    /** What one folder and everything below it holds. */
    private static final class Found {
        private final List<SourceFile> files = new ArrayList<>();
        private final List<String> skipped = new ArrayList<>();
    }

    /** One folder; the folders in it are walked at the same time. */
    private static final class Walk extends RecursiveTask<Found> {
        private static final long serialVersionUID = 1;

        private final transient Path root;
        private final transient Path folder;
        private final String prefix;
        private final Place place;
        private final int depth;

        Walk(Path root, Path folder, String prefix, Place place, int depth) {
            this.root = root;
            this.folder = folder;
            this.prefix = prefix;
            this.place = place;
            this.depth = depth;
        }

        @Override
        protected Found compute() {
            Found found = new Found();
            List<Walk> below = new ArrayList<>();
            Optional<List<Entry>> listed = PosixFile.isHere() ? PosixFolder.list(folder.toString()) : Optional.empty();
            if (listed.isPresent()) {
                listed.get().forEach(entry -> look(entry, found, below));
            } else {
                lookByLibrary(found, below);
            }
            for (Walk walk : invokeAll(below)) {
                found.files.addAll(walk.join().files);
                found.skipped.addAll(walk.join().skipped);
            }
            return found;
        }

        /** On every system; also says why a folder cannot be read. */
        private void lookByLibrary(Found found, List<Walk> below) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    look(new Entry(String.valueOf(entry.getFileName()), Kind.UNKNOWN), found, below);
                }
            } catch (DirectoryIteratorException failed) {
                found.skipped.add(Skipped.line(name(), "changed while it was read"));
            } catch (IOException failed) {
                found.skipped.add(Skipped.line(name(), failed));
            }
        }

        private void look(Entry entry, Found found, List<Walk> below) {
            String last = entry.name();
            String name = prefix + last;
            Kind kind = entry.kind() == Kind.UNKNOWN ? kind(last, found) : entry.kind();
            if (kind == Kind.FILE) {
                Language language = Language.of(last);
                found.files.add(new SourceFile(root, name, language, Places.file(place, last, language)));
            } else if (kind == Kind.FOLDER && !NOT_ENTERED.contains(last)) {
                if (depth >= DEEPEST) {
                    found.skipped.add(Skipped.line(name, "deeper than " + DEEPEST + " folders"));
                } else {
                    Place part = Places.folder(place, folder.getFileName(), last);
                    below.add(new Walk(root, folder.resolve(last), name + "/", part, depth + 1));
                }
            }
        }

        private Kind kind(String last, Found found) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(
                        folder.resolve(last), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                return attributes.isRegularFile() ? Kind.FILE : attributes.isDirectory() ? Kind.FOLDER : Kind.OTHER;
            } catch (IOException failed) {
                found.skipped.add(Skipped.line(prefix + last, failed));
                return Kind.OTHER;
            }
        }

        private String name() {
            return prefix.isEmpty() ? "." : prefix.substring(0, prefix.length() - 1);
        }
    }
}
