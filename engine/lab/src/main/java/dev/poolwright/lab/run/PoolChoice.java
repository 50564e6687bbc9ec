package dev.poolwright.lab.run;

import dev.poolwright.lab.subject.PoolLibrary;
import java.io.Serializable;

/**
 * Which library plays a pool, and what a plan does not say of it.
 *
 * @param validated whether a connection is tried before it is lent
 */
public record PoolChoice(PoolLibrary library, boolean validated) implements Serializable {

    /** The semantics of SQLAlchemy's QueuePool, without a ping: what stands in where the library is not a Java one. */
    public static final PoolChoice DOUBLE = new PoolChoice(PoolLibrary.OVERFLOW, false);

    public static PoolChoice of(PoolLibrary library) {
        return new PoolChoice(library, false);
    }
}
