package dev.poolwright.lab.subject;

import javax.sql.DataSource;

/** A real pool inside this process that the lab loads. Thread-safe; closing it closes every connection it opened. */
public interface PoolSubject extends AutoCloseable {

    /** Lends the pool's connections; closing a connection gives it back. */
    DataSource dataSource();

    /** What the pool holds now; the numbers are read one after another, so under load they are near one another, not exact. */
    Counts counts();

    /** The name in records and reports; also the application name that the server sees. */
    String name();

    @Override
    void close();
}
