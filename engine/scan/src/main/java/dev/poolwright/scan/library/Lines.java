package dev.poolwright.scan.library;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.SourceFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** A file line by line: lock files are too large to build trees of, for the few lines that matter. */
final class Lines {

    private static final int MOST_LINES = 2_000_000;
    private static final int LONGEST = 2_000;

    private Lines() {}

    /** Takes one line. */
    interface Taker {
        void take(String line, Origin origin);
    }

    /** Each line, cut at 2,000 bytes; what is behind two million lines is left out and noted. */
    static void each(SourceFile file, Project project, Taker taker) {
        byte[] line = new byte[LONGEST];
        int length = 0;
        int number = 1;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file.path()), 1 << 16)) {
            for (int one = in.read(); one >= 0 && number <= MOST_LINES; one = in.read()) {
                if (one != '\n') {
                    if (length < LONGEST) {
                        line[length++] = (byte) one;
                    }
                    continue;
                }
                taker.take(text(line, length), new Origin(file.name(), number, 1));
                length = 0;
                number++;
            }
            if (length > 0) {
                taker.take(text(line, length), new Origin(file.name(), number, 1));
            }
            if (number > MOST_LINES) {
                project.skip(file.name() + ": not read behind line " + MOST_LINES);
            }
        } catch (IOException failed) {
            project.skip(file.name() + ": cannot be read (" + failed.getClass().getSimpleName() + ")");
        }
    }

    private static String text(byte[] line, int length) {
        return new String(line, 0, length, StandardCharsets.UTF_8).stripTrailing();
    }
}
