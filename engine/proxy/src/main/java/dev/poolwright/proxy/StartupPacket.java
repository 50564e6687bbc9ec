package dev.poolwright.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

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

    /** ErrorResponse: severity (translated S, plain V), SQLSTATE, message. Nothing of the server's source code is claimed. */
    static ByteBuf fatal(ByteBufAllocator allocator, String sqlState, String message) {
        ByteBuf packet = allocator.buffer();
        packet.writeByte('E');
        packet.writeInt(0);
        field(packet, 'S', "FATAL");
        field(packet, 'V', "FATAL");
        field(packet, 'C', sqlState);
        field(packet, 'M', message);
        packet.writeByte(0);
        packet.setInt(1, packet.readableBytes() - 1);
        return packet;
    }

    private static void field(ByteBuf packet, char code, String value) {
        packet.writeByte(code);
        packet.writeCharSequence(value, UTF_8);
        packet.writeByte(0);
    }
}
