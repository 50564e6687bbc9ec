package dev.poolwright.lab.subject;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * A place in the pool: it outlives the connections that fill it one after another, and may be empty. Confined to whoever
 * took it from the queue, so it needs no lock of its own; the queue's lock publishes it.
 */
final class Slot {
    @Nullable
    Connection connection;

    /** When the connection was asked for, in nanoseconds of the pool's clock. */
    long openedAt;

    /** The pool's generation when the connection was asked for; an older one is replaced before it is lent. */
    long generation;

    /** Not yet lent since it was opened, so no ping is needed. */
    boolean fresh;

    /** The connection; the caller knows that the slot is filled. */
    Connection filled() {
        Connection present = connection;
        if (present == null) {
            throw new IllegalStateException("the slot holds no connection");
        }
        return present;
    }
}
