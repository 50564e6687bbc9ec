package dev.poolwright.scan.tree;

import dev.poolwright.model.fact.Place;
import java.nio.file.Path;

/**
 * A regular file of the tree.
 *
 * @param path to open it
 * @param name relative to the root of the tree, with {@code /}; what findings show
 * @param size in bytes when the tree was walked
 */
public record SourceFile(Path path, String name, Language language, Place place, long size) {

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
