package dev.poolwright.scan.infra;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;

/** Names of files and folders relative to the root of the tree. */
final class Paths {

    /** Folders that hold how a program is run and not the program. */
    private static final Set<String> AROUND = Set.of(
            "docker",
            ".docker",
            "dockerfiles",
            "deploy",
            "deployment",
            "scripts",
            "script",
            "bin",
            "conf",
            "config",
            "etc",
            "ops",
            "infra",
            "apache",
            "apache2",
            "httpd",
            "nginx",
            "supervisor",
            "supervisord",
            "systemd",
            "gunicorn",
            "uwsgi",
            "env",
            "envs",
            "environments",
            "build");

    private static final Set<String> PACKAGING = Set.of("docker", ".docker", "dockerfiles", "deploy", "deployment");

    private Paths() {}

    /** A path as a file in the folder writes it; empty when it leaves the tree or is not relative. */
    static Optional<String> in(String folder, String written) {
        if (written.startsWith("/") || written.startsWith("~") || written.contains("://") || written.contains("$")) {
            return Optional.empty();
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (folder + "/" + written).split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return Optional.of(String.join("/", parts));
    }

    /** The folder of the program that a file in this folder is about. */
    static String program(String folder) {
        String up = folder;
        for (String whole : PACKAGING) {
            int at = ("/" + up + "/").indexOf("/" + whole + "/");
            up = at < 0
                    ? up
                    : up.substring(0, Math.max(0, at - 1)); // docker/web holds how the program at the top is packed
        }
        while (!up.isEmpty() && AROUND.contains(last(up))) {
            up = up.contains("/") ? up.substring(0, up.lastIndexOf('/')) : "";
        }
        return up;
    }

    static boolean isAround(String folder) {
        return folder.isEmpty() || AROUND.contains(last(folder));
    }

    static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
