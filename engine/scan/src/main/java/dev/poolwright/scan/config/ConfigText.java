package dev.poolwright.scan.config;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.scan.tree.SourceText;
import java.util.Arrays;

/**
 * The text of one configuration file as characters, with places, and the counts that keep every format within the same bounds.
 * Line ends are single line feeds and there is no byte order mark. Not safe for several threads.
 */
final class ConfigText {

    /** Values of one file, with what its aliases repeat: more than any configuration that people write, less than any bomb. */
    static final int MOST_VALUES = 500_000;

    /** Levels of one file. Recursion goes no deeper, here and in what walks the tree afterwards. */
    static final int DEEPEST = 100;

    private static final int MOST_CHARACTERS = 16 << 20;

    private final String file;
    private final String text;
    private final int[] lineStarts;
    private long values;

    /** @throws UnreadableConfig when it holds a NUL, as UTF-16 and binary files do, or is larger than any configuration */
    ConfigText(SourceText source) throws UnreadableConfig {
        this(source.file(), withoutMark(source.text()));
        if (text.length() > MOST_CHARACTERS) {
            throw fail("larger than " + MOST_CHARACTERS + " characters", 0);
        }
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw fail("holds a NUL, so it is not text in UTF-8", nul);
        }
    }

    private ConfigText(String file, String text) {
        this.file = file;
        this.text = text;
        int[] starts = new int[64];
        int lines = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (lines == starts.length) {
                starts = Arrays.copyOf(starts, 2 * lines);
            }
            starts[lines++] = at + 1;
        }
        this.lineStarts = Arrays.copyOf(starts, lines);
    }

    /** The same file with other text of the same length and the same lines. */
    ConfigText with(String other) {
        return new ConfigText(file, other);
    }

    String file() {
        return file;
    }

    String text() {
        return text;
    }

    int length() {
        return text.length();
    }

    /** The end of the line that a character is in: its line feed, or the end of the text. */
    int lineEnd(int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    /** The first character from here on, before an end, that is no space or tab; the end where there is none. */
    int afterSpaces(int from, int end) {
        int at = from;
        while (at < end && (text.charAt(at) == ' ' || text.charAt(at) == '\t' || text.charAt(at) == '\r')) {
            at++;
        }
        return at;
    }

    Origin origin(int at) {
        int found = Arrays.binarySearch(lineStarts, at);
        int line = found >= 0 ? found : -found - 2;
        return new Origin(file, line + 1, at - lineStarts[line] + 1);
    }

    /** Counts one value. */
    ConfigNode.Scalar scalar(String value, boolean quoted, int at) throws UnreadableConfig {
        Origin origin = origin(at);
        count(1, origin);
        return new ConfigNode.Scalar(value, quoted, origin);
    }

    /** Counts values. */
    void count(long more, Origin origin) throws UnreadableConfig {
        values += more;
        if (values > MOST_VALUES) {
            throw new UnreadableConfig("more than " + MOST_VALUES + " values", origin);
        }
    }

    /** Values so far. */
    long values() {
        return values;
    }

    void checkDepth(int depth, Origin origin) throws UnreadableConfig {
        if (depth > DEEPEST) {
            throw new UnreadableConfig("more than " + DEEPEST + " levels", origin);
        }
    }

    void checkDepth(int depth, int at) throws UnreadableConfig {
        if (depth > DEEPEST) {
            checkDepth(depth, origin(at));
        }
    }

    UnreadableConfig fail(String why, int at) {
        return new UnreadableConfig(why, origin(Math.min(at, text.length())));
    }

    private static String withoutMark(String text) {
        String one = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return one.indexOf('\r') < 0 ? one : one.replace("\r\n", "\n");
    }
}
