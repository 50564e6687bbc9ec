package dev.poolwright.model.proof;

import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.PlannedLoad;
import dev.poolwright.model.plan.PlannedLoad.RateSegment;
import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.plan.Topology.Behaviour;
import dev.poolwright.model.plan.Topology.PlannedPool;
import dev.poolwright.model.plan.Topology.PlannedService;
import dev.poolwright.model.theory.ErlangC;

/**
 * What a calculator would say: Erlang C for each pool by itself, with the mean rate and the mean hold, no faults, no
 * start-ups, no path and no cores. A simulator that is not nearer to the truth than this is not worth its run.
 */
final class NaivePredictor {

    private final Plan plan;

    NaivePredictor(Plan plan) {
        this.plan = plan;
    }

    Part<Double> meanWaitNanos(PlannedLoad load) {
        return inHolds(load, ErlangC::meanWait);
    }

    /** @param p from 0 to 1 */
    Part<Double> waitQuantileNanos(PlannedLoad load, double p) {
        return inHolds(load, queue -> queue.waitQuantile(p));
    }

    private Part<Double> inHolds(PlannedLoad load, Figure figure) {
        if (load.borrows().size() != 1) {
            return Part.absent("it borrows " + load.borrows().size() + " times, Erlang C knows one queue");
        }
        PlannedPool pool = plan.topology().pool(load.borrows().get(0).pool());
        if (pool.behaviour() != Behaviour.QUEUE) {
            return Part.absent("nobody queues at " + pool.name());
        }
        if (pool.limit() == Topology.UNLIMITED) {
            return Part.absent(pool.name() + " has no limit to queue at");
        }
        int processes = processes(pool);
        double erlangs = 0;
        double arrivals = 0;
        for (PlannedLoad other : plan.loads()) {
            for (PlannedLoad.Borrow borrow : other.borrows()) {
                if (borrow.pool().equals(pool.name())) {
                    double rate = meanRate(other) / processes;
                    arrivals += rate;
                    erlangs += rate * holdNanos(borrow) / 1e9;
                }
            }
        }
        return arrivals == 0
                ? Part.absent("nothing arrives at " + pool.name())
                : Part.of(figure.of(new ErlangC(pool.limit(), erlangs)) * erlangs / arrivals * 1e9);
    }

    private static double holdNanos(PlannedLoad.Borrow borrow) {
        return borrow.inDatabase().meanNanos() + borrow.outside().meanNanos();
    }

    /** How many processes have this pool at the begin of the run. */
    private int processes(PlannedPool pool) {
        String name = pool.name().substring(0, pool.name().indexOf('/'));
        PlannedService service = plan.topology().service(name);
        int each = service.processes().stream()
                .filter(kind -> pool.process().isEmpty() || pool.process().equals(kind.name()))
                .mapToInt(kind -> kind.count())
                .sum();
        return Math.max(1, service.instances() * each);
    }

    /** Operations a second, averaged from the end of the warm-up to the end of the run. */
    private double meanRate(PlannedLoad load) {
        long from = plan.header().warmUpNanos();
        long end = plan.header().durationNanos();
        double operations = 0;
        long at = from;
        for (RateSegment segment : load.rates()) {
            long until = Math.min(segment.untilNanos(), end);
            if (until > at) {
                operations += segment.perSecond() * (until - at) / 1e9;
                at = until;
            }
        }
        return operations / ((end - from) / 1e9);
    }

    /** A figure of a queue in units of its mean hold. */
    @FunctionalInterface
    private interface Figure {
        double of(ErlangC queue);
    }
}
