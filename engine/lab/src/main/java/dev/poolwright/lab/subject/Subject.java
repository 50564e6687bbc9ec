package dev.poolwright.lab.subject;

/** A real pool that the lab loads, in this process. Thread-safe; closing it leaves none of its connections on the server. */
public sealed interface Subject extends AutoCloseable permits PoolSubject, ReactiveSubject {

    /** What the pool holds now; the numbers are read one after another, so under load they are near one another, not exact. */
    Counts counts();

    /** The name in records and reports; also the application name that the server sees. */
    String name();

    /** Why a borrow failed, from what the library threw. */
    Refused refused(Throwable failure);

    @Override
    void close();

    /**
     * A borrow that failed.
     *
     * @param why what was missing
     * @param message the library's own words, or those of the server behind them where it was the server that refused
     */
    record Refused(Why why, String message) {}

    /** What was missing. */
    enum Why {
        /** No connection became free within the acquire timeout. */
        ACQUIRE_TIMEOUT,
        /** As many callers wait as may. */
        WAITERS,
        /** The server has no place for another connection (SQLSTATE 53300). */
        SERVER_FULL,
        /** A connection could not be opened for another reason. */
        CONNECT
    }
}
