package dev.poolwright.proxy;

/** Which directions a fault concerns. */
public enum Way {
    TO_SERVER,
    TO_CLIENT,
    BOTH;

    /** Whether it concerns that direction. */
    public boolean includes(Direction direction) {
        return this == BOTH || name().equals(direction.name());
    }
}
