package dev.poolwright.lab.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds everything a process started. Children are found by descent; where there is {@code /proc}, also those that cut
 * themselves off from their parent, by a variable of the environment that each inherits.
 */
final class Leftovers {
    static final String VARIABLE = "POOLWRIGHT_SUBJECT";

    private static final Path PROC = Path.of("/proc");

    private final byte[] mark;
    private final Set<ProcessHandle> known = new LinkedHashSet<>();

    Leftovers(String mark) {
        this.mark = (VARIABLE + "=" + mark + "\0").getBytes(StandardCharsets.UTF_8);
    }

    /** Remembers the process and whoever descends from it now; after its death that could no longer be seen. */
    void note(ProcessHandle process) {
        known.add(process);
        process.descendants().forEach(known::add);
    }

    /** Those still running. */
    List<ProcessHandle> alive() {
        known.addAll(marked());
        return known.stream().filter(ProcessHandle::isAlive).collect(Collectors.toList());
    }

    private Set<ProcessHandle> marked() {
        if (!Files.isDirectory(PROC)) {
            return Set.of();
        }
        try (Stream<Path> entries = Files.list(PROC)) {
            return entries.filter(entry -> entry.getFileName().toString().matches("[0-9]+"))
                    .filter(this::carriesMark)
                    .map(entry ->
                            ProcessHandle.of(Long.parseLong(entry.getFileName().toString())))
                    .flatMap(Optional::stream)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            // Silence here would weaken the check that nothing is left behind.
            throw new UncheckedIOException(
                    "the list of processes cannot be read, so leftovers cannot be looked for", e);
        }
    }

    private boolean carriesMark(Path entry) {
        try {
            byte[] environment = Files.readAllBytes(entry.resolve("environ"));
            String text = new String(environment, StandardCharsets.ISO_8859_1);
            return text.contains(new String(mark, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // It ended meanwhile, or belongs to somebody else: not one of ours.
            return false;
        }
    }
}
