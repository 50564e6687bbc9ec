package dev.poolwright.scan.tree;

import dev.poolwright.model.fleet.Origin;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of one file, with places. Bytes that are not UTF-8 stay as they are and become the replacement sign in text. */
public final class SourceText {

    private final String file;
    private final byte[] bytes;
    private int[] lineStarts = {};

    /** @param file the name that places show */
    public SourceText(String file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes.clone();
    }

    public static SourceText of(String file, String text) {
        return new SourceText(file, text.getBytes(StandardCharsets.UTF_8));
    }

    public String file() {
        return file;
    }

    /** All of it. */
    public String text() {
        return slice(0, bytes.length);
    }

    /** Its number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** Its bytes outside the heap, for as long as the arena is open. */
    public MemorySegment copyTo(Arena arena) {
        MemorySegment copy = arena.allocate(Math.max(1, bytes.length));
        MemorySegment.copy(bytes, 0, copy, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return copy;
    }

    /** From a byte to before another. */
    public String slice(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** The place of a byte; its column counts characters. */
    public Origin origin(int at) {
        int line = line(at);
        return new Origin(file, line, slice(starts()[line - 1], at).length() + 1);
    }

    /** The number of the line, from 1, that a byte is in. */
    public int line(int at) {
        int found = Arrays.binarySearch(starts(), at);
        return found >= 0 ? found + 1 : -found - 1;
    }

    private synchronized int[] starts() {
        if (lineStarts.length == 0) {
            int lines = 1;
            for (byte one : bytes) {
                lines += one == '\n' ? 1 : 0;
            }
            int[] starts = new int[lines];
            int next = 1;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    starts[next++] = i + 1;
                }
            }
            lineStarts = starts;
        }
        return lineStarts;
    }
}
