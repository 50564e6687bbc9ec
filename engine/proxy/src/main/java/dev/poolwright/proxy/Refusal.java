package dev.poolwright.proxy;

/** Who refused a connect. */
public enum Refusal {
    /** As many connects waited for the path as may: the connection is reset. */
    PATH,
    /** The server was full, by fault: it answers with SQLSTATE 53300. */
    SERVER,
    /** The server took no connections at this time, by fault: it answers with SQLSTATE 57P03. */
    NOT_NOW,
    /** A fault turned the client away before anything was read from it. */
    FAULT,
    /** The server could not be reached: the connection is closed. */
    UNREACHABLE
}
