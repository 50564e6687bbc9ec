package dev.poolwright.scan.project;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.tree.SourceFile;
import java.util.function.Consumer;

/**
 * Reads one kind of thing out of files: one library, one kind of manifest, one family of shapes. One reader, one file.
 * Stateless, because files are read by several threads at the same time.
 */
public interface Reader {

    /** In which order readers come: each stage sees the facts of the stages before it through its {@link Project}. */
    enum Stage {
        /** What programs depend on, in which version. */
        LIBRARIES,
        /** Who runs how often, with which environment variables. */
        MANIFESTS,
        /** Application configuration and code. */
        CODE
    }

    Stage stage();

    Interest interest();

    /**
     * Reads one file that it is interested in.
     *
     * @param facts takes what is found
     */
    void read(SourceFile file, Project project, Consumer<Fact> facts);
}
