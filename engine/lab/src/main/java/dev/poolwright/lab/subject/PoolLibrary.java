package dev.poolwright.lab.subject;

import java.util.Arrays;
import java.util.Optional;

/** The pools that the lab can load inside a process of its own, by the name that a fleet's {@code stack.library} gives them. */
public enum PoolLibrary {
    /** The semantics of SQLAlchemy's QueuePool, in Java: what every library has that is not one of those below. */
    OVERFLOW("sqlalchemy"),
    HIKARI("hikaricp"),
    AGROAL("agroal"),
    TOMCAT("tomcat-jdbc"),
    DBCP("dbcp2"),
    R2DBC("r2dbc-pool"),
    VERTX("vertx");

    private final String text;

    PoolLibrary(String text) {
        this.text = text;
    }

    /** As a fleet file writes it. */
    public String text() {
        return text;
    }

    /** Whether its callers never block a thread. */
    public boolean isReactive() {
        return this == R2DBC || this == VERTX;
    }

    /** The library of that name; Quarkus has Agroal. Empty for one that the lab has no own subject for. */
    public static Optional<PoolLibrary> named(String library) {
        String name = library.equals("quarkus") ? "agroal" : library;
        return Arrays.stream(values()).filter(one -> one.text.equals(name)).findFirst();
    }
}
