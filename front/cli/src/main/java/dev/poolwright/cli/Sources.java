package dev.poolwright.cli;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.report.Excerpts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lines of the files that findings point at, each file read once. Not thread-safe. */
final class Sources implements Excerpts {

    private static final long MOST_BYTES = 4 << 20;

    private final Path root;
    private final Map<String, List<String>> files = new HashMap<>();

    /** @param root what the names of files are relative to */
    Sources(Path root) {
        this.root = root;
    }

    @Override
    public Optional<String> line(Origin origin) {
        return line(origin.file(), origin.line());
    }

    /** A line by its number, from 1; empty when there is none. */
    Optional<String> line(String file, int number) {
        List<String> lines = lines(file);
        return number < 1 || number > lines.size() ? Optional.empty() : Optional.of(lines.get(number - 1));
    }

    @Override
    public List<String> lines(String file) {
        return file.isEmpty() ? List.of() : files.computeIfAbsent(file, this::read);
    }

    /** A file that cannot be read any more shows no lines: the finding stands without them. */
    private List<String> read(String file) {
        Path path = root.resolve(file);
        try {
            boolean readable = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && Files.size(path) <= MOST_BYTES;
            return readable
                    ? new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                            .lines()
                            .toList()
                    : List.of();
        } catch (IOException gone) {
            return List.of();
        }
    }
}
