package dev.poolwright.scan.node;

import dev.poolwright.model.fact.LibraryInUse;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which packages a file's program depends on, in which version. Made once for each stage. */
final class NodeVersions {

    private final Map<String, List<LibraryInUse>> byName = new HashMap<>();

    private NodeVersions(Project project) {
        project.earlier()
                .of(LibraryInUse.class)
                .forEach(one -> byName.computeIfAbsent(one.name(), key -> new ArrayList<>())
                        .add(one));
    }

    static NodeVersions of(Project project) {
        return project.view(NodeVersions.class, NodeVersions::new);
    }

    /** Whether nothing is known of any package. */
    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** The version of the first of these packages that the nearest program around a file depends on; empty when not known. */
    String version(SourceFile file, String... names) {
        for (String name : names) {
            Optional<LibraryInUse> nearest = nearest(file, name);
            if (nearest.isPresent() && !nearest.get().version().isEmpty()) {
                return nearest.get().version();
            }
        }
        return "";
    }

    /** What the nearest program around a file says of a package. */
    Optional<LibraryInUse> nearest(SourceFile file, String name) {
        List<LibraryInUse> all = byName.getOrDefault(name, List.of());
        Optional<LibraryInUse> around = all.stream()
                .filter(one -> one.folder().isEmpty() || file.name().startsWith(one.folder() + "/"))
                .max(Comparator.<LibraryInUse>comparingInt(one -> one.folder().length())
                        .thenComparing(one -> one.exact() ? 1 : 0));
        return around.isPresent() ? around : all.stream().findFirst();
    }
}
