package dev.poolwright.proxy;

import io.netty.buffer.ByteBuf;

/** What becomes of a message. */
sealed interface Edit {

    Edit PASS = new Pass();

    /** It passes. */
    record Pass() implements Edit {}

    /** Something else goes its way. */
    record Instead(ByteBuf bytes) implements Edit {}

    /** It passes so much later, and what follows after it. */
    record Late(long nanos) implements Edit {}

    /** So many of its bytes pass; the rest, and what follows, when the fault is lifted. */
    record Hold(int bytes) implements Edit {}

    /** So many of its bytes pass; then the connection is reset. */
    record Cut(int bytes) implements Edit {}

    /** The client gets this in its place, and the end. */
    record Last(ServerMessage words) implements Edit {}
}
