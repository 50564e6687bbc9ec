package dev.poolwright.sim;

/** Levels of one pool summed over instances and processes, for the series. Not thread-safe. */
final class PoolTotals {

    final String name;
    long inUse;
    long open;
    long waiting;
    long limit;

    PoolTotals(String name) {
        this.name = name;
    }
}
