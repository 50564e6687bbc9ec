package dev.poolwright.cli;

import dev.poolwright.lab.server.CleanUp;
import dev.poolwright.lab.server.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Takes a folder of logs away. */
final class Folders {

    private Folders() {}

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
