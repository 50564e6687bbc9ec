package dev.poolwright.sim;

import org.jspecify.annotations.Nullable;

/** One process of an instance: its pools and its callers. Not thread-safe. */
final class ProcessState {

    final InstanceState instance;
    final int callers;
    /** By the pool's place in its service; null where this kind of process has no such pool. */
    final @Nullable PoolState[] pools;

    final WaitLine waitForCaller = new WaitLine();
    int busyCallers;

    ProcessState(InstanceState instance, int callers, @Nullable PoolState[] pools) {
        this.instance = instance;
        this.callers = callers;
        this.pools = pools;
    }

    PoolState pool(int place) {
        PoolState pool = pools[place];
        if (pool == null) {
            throw new IllegalStateException("process of " + instance.service.name() + " has no pool " + place);
        }
        return pool;
    }
}
