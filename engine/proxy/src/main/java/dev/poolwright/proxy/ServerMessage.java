package dev.poolwright.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * An error or a notice of a PostgreSQL server, in its own words. The file, line and routine that a real one adds are not
 * claimed. Source: PostgreSQL manual, "Error and Notice Message Fields".
 *
 * @param severity {@code WARNING}, {@code ERROR} or {@code FATAL}; a warning is sent as a notice
 * @param sqlState five characters
 * @param message the primary text
 * @param detail empty for none
 * @param hint empty for none
 */
public record ServerMessage(String severity, String sqlState, String message, String detail, String hint) {

    static ServerMessage fatal(String sqlState, String message) {
        return new ServerMessage("FATAL", sqlState, message, "", "");
    }

    ByteBuf encoded(ByteBufAllocator allocator) {
        ByteBuf packet = allocator.buffer();
        packet.writeByte(severity.equals("WARNING") ? 'N' : 'E');
        packet.writeInt(0);
        field(packet, 'S', severity);
        field(packet, 'V', severity);
        field(packet, 'C', sqlState);
        field(packet, 'M', message);
        field(packet, 'D', detail);
        field(packet, 'H', hint);
        packet.writeByte(0);
        packet.setInt(1, packet.readableBytes() - 1);
        return packet;
    }

    private static void field(ByteBuf packet, char code, String value) {
        if (!value.isEmpty()) {
            packet.writeByte(code);
            packet.writeCharSequence(value, UTF_8);
            packet.writeByte(0);
        }
    }
}
