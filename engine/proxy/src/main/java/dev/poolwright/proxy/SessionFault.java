package dev.poolwright.proxy;

/** A fault that looks at the messages of a connection. Within TLS there are none to look at. */
interface SessionFault {

    /** A new one for each connection, with what it counts. */
    Editor editor();
}
