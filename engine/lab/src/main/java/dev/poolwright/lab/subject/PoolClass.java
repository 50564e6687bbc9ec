package dev.poolwright.lab.subject;

/** The pool classes of SQLAlchemy, and none named, for which the library chooses. */
public enum PoolClass {
    QUEUE_POOL("QueuePool"),
    ASYNC_ADAPTED_QUEUE_POOL("AsyncAdaptedQueuePool"),
    NULL_POOL("NullPool"),
    STATIC_POOL("StaticPool"),
    SINGLETON_THREAD_POOL("SingletonThreadPool"),
    ASSERTION_POOL("AssertionPool"),
    LEFT_OUT("left out");

    private final String text;

    PoolClass(String text) {
        this.text = text;
    }

    /** The library's name, or "left out". */
    public String text() {
        return text;
    }

    static PoolClass of(String text) {
        for (PoolClass poolClass : values()) {
            if (poolClass.text.equals(text)) {
                return poolClass;
            }
        }
        throw new IllegalArgumentException("pool class = " + text + ": SQLAlchemy has none of this name");
    }
}
