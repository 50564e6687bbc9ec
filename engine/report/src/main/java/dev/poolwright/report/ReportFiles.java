package dev.poolwright.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a report whole or not at all: beside its place first, then moved there. Thread-safe for different files. */
public final class ReportFiles {

    private ReportFiles() {}

    /**
     * Writes {@code text} in UTF-8, over what was there.
     *
     * @throws CannotWriteReport if it cannot; nothing half-written is left
     */
    public static void write(Path file, String text) {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(partial, text.getBytes(StandardCharsets.UTF_8));
            move(partial, file);
        } catch (IOException e) {
            throw new CannotWriteReport(file, reason(e), removed(partial, e));
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** What is left is removed; if even that fails, the first cause says so too. */
    private static IOException removed(Path partial, IOException cause) {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return cause;
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException system) {
            String reason = system.getReason();
            return reason == null ? words(system) : reason;
        }
        return e.getMessage() == null ? words(e) : e.getMessage();
    }

    /** {@code AccessDeniedException} as {@code access denied}. */
    private static String words(IOException e) {
        return e.getClass()
                .getSimpleName()
                .replaceAll("Exception$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(java.util.Locale.ROOT);
    }

    /** A report that could not be written. */
    public static final class CannotWriteReport extends RuntimeException {
        private static final long serialVersionUID = 1;

        CannotWriteReport(Path file, String reason, IOException cause) {
            super(
                    "cannot write report: file = " + file + ": " + reason + "; choose another folder with --report",
                    cause);
        }
    }
}
