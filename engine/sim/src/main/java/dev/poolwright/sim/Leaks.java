package dev.poolwright.sim;

import dev.poolwright.model.scenario.Fault;
import dev.poolwright.model.scenario.LeakDraws;

/**
 * Connections that are not given back, and the pools that take them back by themselves. A pool that does so closes what it
 * takes, as Tomcat JDBC and Commons DBCP do. What it would take from an operation that is only slow is not modelled.
 */
final class Leaks {

    private final Run run;
    private final World world;
    private final boolean any;

    Leaks(Run run) {
        this.run = run;
        this.world = run.world;
        this.any = world.plan.faults().stream().anyMatch(Fault.Leak.class::isInstance);
    }

    /** The end of a hold: where the operation is one that leaks, it has nothing left to give back. */
    void leak(Attempt attempt) {
        if (!any || attempt.startup != null || attempt.pair != null || !leaks(attempt)) {
            return;
        }
        LoadState load = attempt.load();
        long held = load.inDatabaseNanos(attempt.borrow, attempt.number)
                + load.outsideNanos(attempt.borrow, attempt.number);
        while (attempt.heldCount > 0) {
            Connection connection = attempt.held[--attempt.heldCount];
            PoolState pool = connection.pool();
            pool.leak.hit(world.now, "an operation of " + load.planned.name() + " did not give its connection back");
            long after = pool.settings.reclaimAfterNanos();
            if (after != Long.MAX_VALUE) {
                world.at(world.now + Math.max(0, after - held), Opcode.RECLAIM, connection.id, connection.generation);
            }
        }
    }

    private boolean leaks(Attempt attempt) {
        LoadState load = attempt.load();
        return LeakDraws.leaks(
                world.plan.faults(),
                world.plan.draws(),
                load.service.name(),
                load.planned.name(),
                attempt.number,
                attempt.intended);
    }

    void reclaim(Connection connection) {
        PoolState pool = connection.pool();
        run.connects.close(connection);
        run.borrows.openForWaiting(pool);
    }
}
