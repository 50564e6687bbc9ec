package dev.poolwright.proxy;

import io.netty.buffer.ByteBuf;

/** The server's messages of type {@code R}. Source: PostgreSQL manual, "Message Formats". */
final class Authentication {

    private static final int CODE_AT = 5;
    private static final int OK = 0;
    private static final int SASL_FINAL = 12;

    private Authentication() {}

    /** Whether this is the first message that a wrong password would not have got. */
    static boolean isYes(ByteBuf message) {
        if (message.readableBytes() < CODE_AT + Integer.BYTES) {
            return false;
        }
        int code = message.getInt(message.readerIndex() + CODE_AT);
        return code == OK || code == SASL_FINAL;
    }
}
