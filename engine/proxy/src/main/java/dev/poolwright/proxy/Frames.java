package dev.poolwright.proxy;

import io.netty.buffer.ByteBuf;

/**
 * Knows where the messages of one direction begin: a type byte, int32 length (itself included), the body. Source: PostgreSQL
 * manual, "Message Formats". Makes nothing for what it follows. Used by one event loop.
 */
final class Frames {

    /** Type and length. */
    static final int HEADER = 5;

    /** The server's own limit on a message, {@code PQ_LARGE_MESSAGE_LIMIT}: just under 1 GiB. */
    private static final int LENGTH_MAXIMUM = 0x3fff_ffff;

    /** Bytes of the message that is under way, still to come. */
    private long left;

    /** Bytes of a header that came in parts. */
    private int headerSeen;

    private int length;

    boolean atBoundary() {
        return left == 0 && headerSeen == 0;
    }

    /** Whether bytes at an index can be the header of a message; needs {@link #HEADER} of them. */
    static boolean plausible(ByteBuf bytes, int at) {
        return plausible(bytes.getByte(at), bytes.getInt(at + 1));
    }

    private static boolean plausible(byte type, int length) {
        boolean letter = (type >= 'A' && type <= 'Z') || (type >= 'a' && type <= 'z');
        return (letter || (type >= '1' && type <= '3')) && length >= Integer.BYTES && length <= LENGTH_MAXIMUM;
    }

    /** Follows what passes. False when it is not PostgreSQL's protocol. */
    boolean follow(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (at < end) {
            if (left > 0) {
                long step = Math.min(left, end - at);
                at += (int) step;
                left -= step;
            } else if (headerSeen == 0 && end - at >= HEADER) {
                if (!plausible(bytes, at)) {
                    return false;
                }
                left = (long) bytes.getInt(at + 1) - Integer.BYTES;
                at += HEADER;
            } else if (!part(bytes.getByte(at++))) {
                return false;
            }
        }
        return true;
    }

    /** How many of these bytes belong to the message that is under way. */
    int untilBoundary(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex() && !atBoundary()) {
            if (left > 0) {
                long step = Math.min(left, bytes.writerIndex() - at);
                at += (int) step;
                left -= step;
            } else if (!part(bytes.getByte(at++))) {
                headerSeen = 0;
            }
        }
        return at - bytes.readerIndex();
    }

    private boolean part(byte one) {
        if (headerSeen == 0) {
            length = 0;
        } else {
            length = (length << Byte.SIZE) | (one & 0xff);
        }
        headerSeen++;
        if (headerSeen < HEADER) {
            return true;
        }
        headerSeen = 0;
        left = (long) length - Integer.BYTES;
        return left >= 0 && length <= LENGTH_MAXIMUM;
    }
}
