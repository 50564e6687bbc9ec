package dev.poolwright.lab.subject;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What a process prints: all of it in a file up to a limit, its last lines in memory, secrets masked. The process is read
 * to its end in any case, so it never blocks on a full pipe. Thread-safe.
 */
final class Output {
    private static final int LINES_KEPT = 200;
    private static final int CHARACTERS_KEPT_PER_LINE = 4_000;
    private static final long FILE_CHARACTERS = 64L << 20;

    private final Path file;
    private final Secrets secrets;
    private final Deque<String> last = new ArrayDeque<>();
    private final Thread reader;

    Output(InputStream source, Path file, Secrets secrets, String name) {
        this.file = file;
        this.secrets = secrets;
        this.reader = new Thread(() -> read(source), "output of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    Path file() {
        return file;
    }

    List<String> lastLines() {
        synchronized (last) {
            return List.copyOf(last);
        }
    }

    /** Waits until everything printed is in the file; a grandchild that holds the pipe open cannot hold this up for ever. */
    void awaitEnd(long millis) throws InterruptedException {
        reader.join(millis);
    }

    private void read(InputStream source) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(source, StandardCharsets.UTF_8));
                Writer writer = Files.newBufferedWriter(file)) {
            long written = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String masked = secrets.mask(line);
                keep(masked);
                if (written <= FILE_CHARACTERS) {
                    written += masked.length() + 1L;
                    writer.write(written > FILE_CHARACTERS ? "the file is full; only the last lines are kept" : masked);
                    writer.write('\n');
                    writer.flush();
                }
            }
        } catch (IOException e) {
            keep("reading the output failed: " + e);
        }
    }

    private void keep(String line) {
        synchronized (last) {
            if (last.size() == LINES_KEPT) {
                last.removeFirst();
            }
            last.addLast(
                    line.length() <= CHARACTERS_KEPT_PER_LINE ? line : line.substring(0, CHARACTERS_KEPT_PER_LINE));
        }
    }
}
