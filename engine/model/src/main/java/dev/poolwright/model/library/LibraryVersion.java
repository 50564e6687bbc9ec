package dev.poolwright.model.library;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a library, compared part by part: 2.0.9 is before 2.0.28, and 2.1.0b3 counts as 2.1.0. An empty or
 * unreadable version counts as the newest, because the facts of this package are of the newest release that was read.
 */
final class LibraryVersion {

    private static final Pattern LEADING = Pattern.compile("^[vV]?(\\d{1,6})(?:\\.(\\d{1,6}))?(?:\\.(\\d{1,6}))?");

    private LibraryVersion() {}

    /** Whether {@code version} is {@code from} or later. */
    static boolean atLeast(String version, String from) {
        int[] given = parts(version);
        int[] wanted = parts(from);
        for (int i = 0; i < wanted.length; i++) {
            if (given[i] != wanted[i]) {
                return given[i] > wanted[i];
            }
        }
        return true;
    }

    /** Whether {@code version} is in {@code [from, below)}; an empty bound does not bind. */
    static boolean inside(String version, String from, String below) {
        return (from.isEmpty() || atLeast(version, from)) && (below.isEmpty() || !atLeast(version, below));
    }

    private static int[] parts(String version) {
        Matcher matcher = LEADING.matcher(version.strip());
        if (!matcher.find()) {
            return new int[] {Integer.MAX_VALUE, 0, 0};
        }
        int[] parts = new int[3];
        for (int i = 0; i < parts.length; i++) {
            String part = matcher.group(i + 1);
            parts[i] = part == null ? 0 : Integer.parseInt(part);
        }
        return parts;
    }
}
