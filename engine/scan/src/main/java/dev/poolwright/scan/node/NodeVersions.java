package dev.poolwright.scan.node;

import dev.poolwright.model.fact.LibraryInUse;
import dev.poolwright.scan.library.Libraries;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.SourceFile;
import java.util.Optional;

/** Which packages a file's program depends on, in which version. Immutable; made once for each stage. */
final class NodeVersions {

    private final Libraries libraries;
    private final boolean nothing;

    private NodeVersions(Project project) {
        this.libraries = project.view(Libraries.class, Libraries::of);
        this.nothing = project.earlier().of(LibraryInUse.class).isEmpty();
    }

    static NodeVersions of(Project project) {
        return project.view(NodeVersions.class, NodeVersions::new);
    }

    /** Whether nothing is known of any package. */
    boolean isEmpty() {
        return nothing;
    }

    /** The version of the first of these packages that the nearest program around a file depends on; empty when not known. */
    String version(SourceFile file, String... names) {
        for (String name : names) {
            String version = libraries.version(file, name);
            if (!version.isEmpty()) {
                return version;
            }
        }
        return "";
    }

    /** What the nearest program around a file says of a package. */
    Optional<LibraryInUse> nearest(SourceFile file, String name) {
        return libraries.of(file, name);
    }
}
