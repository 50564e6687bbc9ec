package dev.poolwright.scan.library;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.LibraryInUse;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small source tree, and what the readers of this package find in it. */
final class DeclaredTree {

    private final Path root;

    DeclaredTree(Path root) {
        this.root = root;
    }

    DeclaredTree file(String name, String text) throws IOException {
        Path path = root.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return this;
    }

    /** The tree after the stage of libraries. */
    Project read() throws IOException {
        Project project = new Project(SourceTree.walk(root));
        List<Fact> facts = new ArrayList<>();
        for (SourceFile file : project.tree().files()) {
            for (Reader reader : LibraryReaders.all()) {
                if (reader.interest().languages().contains(file.language())
                        && reader.interest().names().test(file)) {
                    reader.read(file, project, facts::add);
                }
            }
        }
        project.finish(facts);
        return project;
    }

    /** {@code folder: name version (exact) line} of each fact. */
    List<String> found() throws IOException {
        return read().earlier().of(LibraryInUse.class).stream()
                .map(one -> "%s: %s %s%s line %d"
                        .formatted(
                                one.folder(),
                                one.name(),
                                one.version(),
                                one.exact() ? "" : "+",
                                one.origin().line()))
                .toList();
    }
}
