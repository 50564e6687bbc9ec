package dev.poolwright.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Map;

/**
 * The first packets of PostgreSQL's protocol, which have no type byte: int32 length (itself included), int32 code. Source:
 * PostgreSQL manual, "Message Formats".
 */
final class StartupPacket {

    /** Length and code. */
    static final int HEAD = 8;

    /** The server's own limit on such a packet, {@code MAX_STARTUP_PACKET_LENGTH}. */
    static final int LENGTH_MAXIMUM = 10_000;

    private static final int CANCEL = 80_877_102;
    private static final int SSL = 80_877_103;
    private static final int GSSENC = 80_877_104;

    private StartupPacket() {}

    static boolean isCancel(ByteBuf bytes) {
        return code(bytes) == CANCEL;
    }

    static boolean asksForEncryption(ByteBuf bytes) {
        return length(bytes) == HEAD && (code(bytes) == SSL || code(bytes) == GSSENC);
    }

    static int length(ByteBuf bytes) {
        return bytes.getInt(bytes.readerIndex());
    }

    private static int code(ByteBuf bytes) {
        return bytes.getInt(bytes.readerIndex() + 4);
    }

    static boolean isOfVersion3(ByteBuf bytes) {
        return code(bytes) >>> Short.SIZE == 3;
    }

    /** The value of a parameter, or empty. Names and values follow each other, each ended by a zero byte. */
    static String parameter(ByteBuf packet, String name) {
        String[] words = packet.toString(packet.readerIndex() + HEAD, packet.readableBytes() - HEAD, UTF_8)
                .split("\0", -1);
        for (int i = 0; i + 1 < words.length; i += 2) {
            if (words[i].equals(name)) {
                return words[i + 1];
            }
        }
        return "";
    }

    /** A copy of the packet with parameters added; what is said twice counts as it is said last. */
    static ByteBuf with(Map<String, String> parameters, ByteBuf packet, ByteBufAllocator allocator) {
        ByteBuf copy = allocator.buffer(packet.readableBytes());
        if (parameters.isEmpty()) {
            return copy.writeBytes(packet);
        }
        copy.writeBytes(packet, packet.readableBytes() - 1);
        parameters.forEach((name, value) -> {
            copy.writeCharSequence(name, UTF_8);
            copy.writeByte(0);
            copy.writeCharSequence(value, UTF_8);
            copy.writeByte(0);
        });
        copy.writeByte(0);
        return copy.setInt(0, copy.readableBytes());
    }
}
