package dev.poolwright.lab.subject;

/** The kind of a SQLAlchemy engine. */
public enum EngineKind {
    /** {@code create_async_engine}, driver asyncpg. */
    ASYNC("async"),
    /** {@code create_engine}, driver psycopg2. */
    SYNC("sync");

    private final String text;

    EngineKind(String text) {
        this.text = text;
    }

    /** As the Python programs write it. */
    public String text() {
        return text;
    }

    static EngineKind of(String text) {
        for (EngineKind kind : values()) {
            if (kind.text.equals(text)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("engine kind = " + text + ": must be async or sync");
    }
}
