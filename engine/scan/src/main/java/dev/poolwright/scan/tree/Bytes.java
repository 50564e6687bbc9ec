package dev.poolwright.scan.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads whole files into one buffer that is used again and again. Not safe for several threads: one for each. */
public final class Bytes {

    private static final Set<OpenOption> REGULAR = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final int FIRST = 1 << 16;

    private final int most;
    private byte[] buffer = new byte[FIRST];
    private int length;
    private final @Nullable PosixFile posix = PosixFile.isHere() ? new PosixFile() : null;

    /** @param most a file with more bytes is not read */
    public Bytes(int most) {
        this.most = most;
    }

    /** The bytes of the last file, from the start, {@link #length()} of them; good until the next file is read. */
    public byte[] buffer() {
        return buffer;
    }

    public int length() {
        return length;
    }

    /**
     * Reads a file as it is now; one that grows meanwhile is read up to the bound.
     *
     * @return whether it was read; false when it holds more than the bound
     * @throws IOException when it cannot be read, or is a link
     */
    public boolean read(Path file) throws IOException {
        if (posix != null) {
            int opened = posix.open(file.toString());
            if (opened >= 0) {
                int outcome = read(posix, opened);
                if (outcome >= 0) {
                    return outcome > 0;
                }
            }
        }
        return readByChannel(file); // which also says why it cannot be read
    }

    /** Positive when it was read, 0 when it holds more than the bound, negative when it cannot be read. */
    private int read(PosixFile by, int opened) {
        length = 0;
        try {
            while (hasRoom()) {
                int read = by.read(opened, buffer, length);
                if (read <= 0) {
                    return read < 0 ? -1 : 1;
                }
                length += read;
            }
            return 0;
        } finally {
            by.close(opened);
        }
    }

    /** Whether there is room for more, made if need be; not past the bound. */
    private boolean hasRoom() {
        if (length == buffer.length) {
            if (buffer.length > most) {
                return false;
            }
            buffer = Arrays.copyOf(buffer, Math.min(most + 1, buffer.length * 4));
        }
        return true;
    }

    private boolean readByChannel(Path file) throws IOException {
        length = 0;
        try (SeekableByteChannel channel = Files.newByteChannel(file, REGULAR)) {
            while (hasRoom()) {
                int read = channel.read(ByteBuffer.wrap(buffer, length, buffer.length - length));
                if (read < 0) {
                    return true;
                }
                length += read;
            }
            return false;
        }
    }
}
