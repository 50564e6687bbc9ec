package dev.poolwright.scan.tree;

import dev.poolwright.model.fact.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A regular file of the tree.
 *
 * @param root of the tree
 * @param name relative to the root, with {@code /}; what findings show
 */
public record SourceFile(Path root, String name, Language language, Place place) {

    /** To open it. */
    public Path path() {
        return root.resolve(name);
    }

    /** In bytes, as it is now; 0 when that cannot be told. Asks the file system: most files of a tree are never asked for. */
    public long size() {
        try {
            return Files.readAttributes(path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .size();
        } catch (IOException gone) {
            return 0; // whoever reads it is told why it cannot be read
        }
    }

    /** The last part of the name. */
    public String fileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The name of its folder, without a slash at the end; empty for the root. */
    public String folder() {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }
}
