package dev.poolwright.scan.python;

import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small source tree for a test: files separated by lines {@code --- name}. */
final class PythonTree {

    private PythonTree() {}

    static Project of(Path folder, String files) throws IOException {
        for (String part : files.split("(?m)^--- ", -1)) {
            int end = part.indexOf('\n');
            if (end > 0) {
                Path file = folder.resolve(part.substring(0, end).strip());
                Files.createDirectories(file.getParent());
                Files.writeString(file, part.substring(end + 1));
            }
        }
        return new Project(SourceTree.walk(folder));
    }

    /** The first node of a file with this text and this type. */
    static SyntaxNode node(Project project, String file, String type, String text) {
        return project.syntax(project.file(file).orElseThrow())
                .orElseThrow()
                .all(type)
                .filter(node -> node.text().equals(text))
                .reduce((first, last) -> last)
                .orElseThrow();
    }
}
