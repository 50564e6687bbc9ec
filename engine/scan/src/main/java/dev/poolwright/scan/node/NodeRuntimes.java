package dev.poolwright.scan.node;

import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.SourceFile;
import java.util.HashSet;
import java.util.Set;

/** How the programs of a tree run: one event loop in a process that lives, or functions that a platform starts for each request. */
final class NodeRuntimes {

    private static final String SERVERLESS =
            "serverless\\.(ya?ml|ts|js|json)|netlify\\.toml|wrangler\\.(toml|jsonc?)|vercel\\.json|sst\\.config\\.[jt]s";

    private final Set<String> serverless = new HashSet<>();
    private final Set<String> contained = new HashSet<>();

    private NodeRuntimes(Project project) {
        for (SourceFile file : project.tree().files()) {
            if (file.fileName().matches(SERVERLESS)) {
                serverless.add(file.folder());
            } else if (file.fileName().startsWith("Dockerfile")) {
                contained.add(file.folder());
            }
        }
    }

    static NodeRuntimes of(Project project) {
        return project.view(NodeRuntimes.class, NodeRuntimes::new);
    }

    /** {@code serverless} where a platform's manifest stands in the nearest folder and no image is built there; else {@code event-loop}. */
    String of(SourceFile file) {
        String folder = file.folder();
        for (int up = 0; up < 16; up++) {
            if (contained.contains(folder)) {
                return "event-loop";
            }
            if (serverless.contains(folder)) {
                return "serverless";
            }
            if (folder.isEmpty()) {
                break;
            }
            folder = folder.contains("/") ? folder.substring(0, folder.lastIndexOf('/')) : "";
        }
        return "event-loop";
    }
}
