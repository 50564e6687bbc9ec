package dev.poolwright.scan.library;

import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.SourceFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The poms of a tree by their artifact. A view; immutable. */
final class PomFiles {

    private static final int MOST = 3_000;

    private final Map<String, SourceFile> byArtifact = new HashMap<>();

    private PomFiles(Project project) {
        List<SourceFile> poms = project.tree().files().stream()
                .filter(file -> file.fileName().equals("pom.xml"))
                .limit(MOST)
                .toList();
        for (SourceFile pom : poms) {
            for (ConfigNode root : project.config(pom)) {
                byArtifact.putIfAbsent(root.text("project", "artifactId"), pom);
            }
        }
    }

    static PomFiles of(Project project) {
        return project.view(PomFiles.class, PomFiles::new);
    }

    Optional<SourceFile> named(String artifact) {
        return artifact.isEmpty() ? Optional.empty() : Optional.ofNullable(byArtifact.get(artifact));
    }
}
