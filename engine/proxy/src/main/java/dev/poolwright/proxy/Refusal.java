package dev.poolwright.proxy;

/** Who refused a connect. */
public enum Refusal {
    /** As many connects waited for the path as may: the connection is reset. */
    PATH,
    /** The server was full, by fault: it answers with SQLSTATE 53300. */
    SERVER,
    /** The server could not be reached: the connection is closed. */
    UNREACHABLE
}
