package dev.poolwright.files.tree;

import dev.poolwright.files.problem.ProblemList;
import dev.poolwright.model.fleet.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The text of a file, if it is one that can be text: bounded, readable, UTF-8. */
public final class Source {

    /** 5 MB: a fleet of a thousand services has less than one. */
    public static final int MOST_BYTES = 5_000_000;

    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private Source() {}

    /** The text, or empty with the reason in {@code problems}. */
    public static Optional<String> text(Path file, ProblemList problems) {
        Origin origin = new Origin(file.toString(), 0, 0);
        if (Files.isDirectory(file)) {
            problems.add("a directory, not a file", origin, "", "name the file in it");
        } else if (!Files.exists(file)) {
            problems.add("no such file", origin, "", "check the path");
        } else if (!Files.isReadable(file)) {
            problems.add("no permission to read the file", origin, "", "check its rights");
        } else {
            return read(file, origin, problems);
        }
        return Optional.empty();
    }

    private static Optional<String> read(Path file, Origin origin, ProblemList problems) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                problems.add(
                        "the file is too large", origin, "at most 5 MB", "split it, or check that it is the right one");
                return Optional.empty();
            }
            return decode(bytes, origin, problems);
        } catch (IOException e) {
            problems.add("the file cannot be read: " + e.getMessage(), origin, "", "");
            return Optional.empty();
        }
    }

    /** The text of UTF-8 bytes, a byte order mark left out. */
    public static Optional<String> decode(byte[] bytes, Origin origin, ProblemList problems) {
        if (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
            problems.add("the file is UTF-16", origin, "UTF-8", "save it as UTF-8");
            return Optional.empty();
        }
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                problems.add("the file is not text: a zero byte at " + i, origin, "UTF-8 text", "save it as UTF-8");
                return Optional.empty();
            }
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            problems.add("the file is not UTF-8: " + firstBad(bytes), origin, "UTF-8", "save it as UTF-8");
            return Optional.empty();
        }
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return bytes.length > 1 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
    }

    /** Where decoding stops being the same as the bytes. */
    private static String firstBad(byte[] bytes) {
        String lenient = new String(bytes, StandardCharsets.UTF_8);
        byte[] again = lenient.getBytes(StandardCharsets.UTF_8);
        int at = Arrays.mismatch(bytes, again);
        return "bad byte at " + at;
    }
}
