package dev.poolwright.scan.tree;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** How a scan says that it did not read something: in one line, whatever the file is called. */
public final class Skipped {

    private Skipped() {}

    /** The name, with what would break a line written out, and why. */
    public static String line(String name, String why) {
        return oneLine(name) + ": " + why;
    }

    /** The same for what could not be read. */
    public static String line(String name, IOException failed) {
        return line(name, why(failed));
    }

    private static String why(IOException failed) {
        return switch (failed) {
            case AccessDeniedException denied -> "no permission";
            case NoSuchFileException gone -> "gone while the tree was read";
            default -> "cannot be read (" + failed.getClass().getSimpleName() + ")";
        };
    }

    private static String oneLine(String name) {
        StringBuilder line = new StringBuilder(name.length());
        name.codePoints().forEach(one -> {
            if (Character.isISOControl(one) || one == 0x2028 || one == 0x2029) {
                line.append("\\u%04x".formatted(one));
            } else {
                line.appendCodePoint(one);
            }
        });
        return line.toString();
    }
}
