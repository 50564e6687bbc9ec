package dev.poolwright.proxy;

/** The way bytes go. */
public enum Direction {
    TO_SERVER,
    TO_CLIENT
}
