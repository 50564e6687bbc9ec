package dev.poolwright.sim;

import org.jspecify.annotations.Nullable;

/** One connection of a pool, from the begin of its connect to its close. Used again afterwards. Not thread-safe. */
final class Connection {

    /** Where it is. */
    enum State {
        FREE,
        WAITS_FOR_PATH,
        CROSSES_PATH,
        AUTHENTICATES,
        IDLE,
        IN_USE
    }

    final int id;
    int generation;
    State state = State.FREE;

    @Nullable
    PoolState pool;

    int placeInPool;
    /** Who asked for it and still waits for it; null for nobody. */
    @Nullable
    Attempt owner;
    /** The instance whose start-up step opens it; null for none. */
    @Nullable
    InstanceState startup;

    long beganAt;
    long openedAt;
    boolean slowWatched;
    boolean overWatched;
    boolean onPath;
    boolean onServer;
    boolean onPooler;
    /** The pooler's server connection that belongs to this client in session mode. */
    @Nullable
    Connection pair;

    Connection(int id) {
        this.id = id;
    }

    PoolState pool() {
        if (pool == null) {
            throw new IllegalStateException("connection " + id + " is closed");
        }
        return pool;
    }
}
