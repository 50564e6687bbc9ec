package dev.poolwright.sim;

import dev.poolwright.model.plan.Arrivals;
import dev.poolwright.model.plan.PlannedLoad;
import dev.poolwright.model.plan.PlannedLoad.Borrow;
import dev.poolwright.policy.Draws;
import dev.poolwright.policy.Draws.Stream;

/** One load with its draws and with the places of its pools. Not thread-safe. */
final class LoadState {

    final PlannedLoad planned;
    final int index;
    final ServiceState service;
    final Arrivals arrivals;
    private final Draws draws;
    final Stream[] inDatabase;
    final Stream[] outside;
    /** By borrow, the pool's place in its service. */
    final int[] pools;

    /** By borrow, the place of the pool that takes over when its connects fail; -1 for none. */
    final int[] fallbacks;

    final Tally deadlineMissed;
    /** Places, in an instance, of the processes that have all its pools. */
    final int[] processes;

    final int retries;
    long arrived;

    LoadState(PlannedLoad planned, int index, ServiceState service, Draws draws) {
        this.planned = planned;
        this.index = index;
        this.service = service;
        this.draws = draws;
        this.arrivals = new Arrivals(draws, planned);
        this.retries = planned.retries();
        int borrows = planned.borrows().size();
        this.inDatabase = new Stream[borrows];
        this.outside = new Stream[borrows];
        this.pools = new int[borrows];
        for (int i = 0; i < borrows; i++) {
            inDatabase[i] = planned.inDatabaseDraws(draws, i);
            outside[i] = planned.outsideDraws(draws, i);
            pools[i] = service.placeOf(planned.borrows().get(i).pool());
        }
        this.fallbacks = new int[borrows];
        for (int i = 0; i < borrows; i++) {
            String onLost = service.planned.pools().get(pools[i]).onLost();
            fallbacks[i] = onLost.isEmpty() ? -1 : service.placeOf(onLost);
        }
        this.deadlineMissed = service.deadlineMissed;
        this.processes = service.processesWith(pools);
    }

    Borrow borrow(int i) {
        return planned.borrows().get(i);
    }

    boolean nestedAfter(int i) {
        return i + 1 < pools.length && borrow(i + 1).nested();
    }

    long inDatabaseNanos(int i, long number) {
        return borrow(i).inDatabase().nanos(inDatabase[i], number);
    }

    long outsideNanos(int i, long number) {
        return borrow(i).outside().nanos(outside[i], number);
    }

    /** Uniform in (0, 1) for the pause after the k-th failure of operation n; the lab asks for the same address. */
    double pauseDraw(int failure, long number) {
        return draws.stream(planned.name(), "retry/" + failure).uniform(number);
    }
}
