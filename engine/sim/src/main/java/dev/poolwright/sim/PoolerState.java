package dev.poolwright.sim;

import dev.poolwright.model.fleet.Pooler.Mode;
import dev.poolwright.model.plan.Topology.PlannedPooler;

/** A pooler: its clients, and one pool of server connections for each database. Not thread-safe. */
final class PoolerState {

    final PlannedPooler planned;
    /** Those of its databases that some pool uses, in the order of the plan. */
    final java.util.Map<String, PoolState> pairs = new java.util.LinkedHashMap<>();

    int clients;

    PoolerState(PlannedPooler planned) {
        this.planned = planned;
    }

    /** Whether a client keeps its server connection until it leaves. */
    boolean bySession() {
        return planned.mode() == Mode.SESSION;
    }
}
