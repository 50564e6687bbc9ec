package dev.poolwright.proxy;

import io.netty.buffer.ByteBuf;

/**
 * Looks at the whole messages of one connection, type byte and length included, and says what becomes of each. The message
 * must be neither changed nor released. Used by one event loop.
 */
interface Editor {

    default Edit client(byte type, ByteBuf message, Session session) {
        return Edit.PASS;
    }

    default Edit server(byte type, ByteBuf message, Session session) {
        return Edit.PASS;
    }
}
