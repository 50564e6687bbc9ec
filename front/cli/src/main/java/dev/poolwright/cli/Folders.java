package dev.poolwright.cli;

import dev.poolwright.lab.server.CleanUp;
import dev.poolwright.lab.server.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Takes a folder of logs away. */
final class Folders {

    private static final String PREFIX = "poolwright-logs-";

    private Folders() {}

    /** A new folder for the logs of this process. */
    static Path create() throws IOException {
        return Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-");
    }

    /** Takes away what processes of this user that are gone have left; a line for each. */
    static List<String> removeStale() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        List<String> lines = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path folder : folders) {
                String pid = folder.getFileName()
                        .toString()
                        .substring(PREFIX.length())
                        .replaceFirst("-.*", "");
                boolean dead = pid.matches("[0-9]{1,10}")
                        && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
                if (dead && Files.isWritable(folder)) {
                    remove(folder).leftovers().forEach(problem -> lines.add(problem.toString()));
                    lines.add("removed: " + folder + ", of a run that did not end well");
                }
            }
        }
        return lines;
    }

    static CleanUp remove(Path folder) {
        if (!Files.exists(folder)) {
            return new CleanUp(Duration.ZERO, List.of(), List.of());
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
            return new CleanUp(Duration.ZERO, List.of("folder " + folder), List.of());
        } catch (IOException e) {
            return new CleanUp(
                    Duration.ZERO,
                    List.of(),
                    List.of(new Problem(
                            "folder " + folder + " is still there: " + e.getMessage(), "remove it by hand")));
        }
    }
}
