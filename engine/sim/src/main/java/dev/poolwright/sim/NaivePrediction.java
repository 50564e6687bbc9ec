package dev.poolwright.sim;

import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.PlannedLoad;
import dev.poolwright.model.plan.PlannedLoad.Borrow;
import dev.poolwright.model.plan.PlannedLoad.RateSegment;
import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.plan.Topology.PlannedPool;
import dev.poolwright.model.plan.Topology.PlannedService;
import dev.poolwright.model.theory.ErlangC;
import java.util.ArrayList;
import java.util.List;

/**
 * What a pocket calculator says of a pool: Erlang C with the plan's busiest rate, blind to faults, connects, start-ups and
 * the server. It stands beside simulator and lab as the predictor that both must beat. Times are nanoseconds of the run,
 * infinite where the queue is not stable.
 *
 * @param pool {@code service/pool}
 * @param connections of one process's pool
 * @param offered connections that the load of one process keeps busy on average
 * @param meanWaitNanos mean wait for a connection
 * @param p95WaitNanos a wait that 95 % do not exceed
 * @param p99WaitNanos a wait that 99 % do not exceed
 * @param waiting share of borrows that wait
 * @param timedOut upper bound of the share that waits its full acquire timeout
 * @param perSecond borrows a second over all instances that are served: what is offered, or what the connections can serve
 */
public record NaivePrediction(
        String pool,
        int connections,
        double offered,
        double meanWaitNanos,
        double p95WaitNanos,
        double p99WaitNanos,
        double waiting,
        double timedOut,
        double perSecond) {

    private static final double NANOS = 1e9;

    /** One prediction for each pool that some load uses and that is bounded, in the order of the plan. */
    public static List<NaivePrediction> of(Plan plan) {
        List<NaivePrediction> predictions = new ArrayList<>();
        for (PlannedService service : plan.topology().services()) {
            for (PlannedPool pool : service.pools()) {
                int connections = switch (pool.behaviour()) {
                    case QUEUE -> pool.limit();
                    case NULL -> Topology.UNLIMITED;
                    case STATIC -> 1;
                };
                double perSecond = perSecond(plan, pool.name());
                if (connections < Topology.UNLIMITED && perSecond > 0) {
                    predictions.add(
                            of(pool, connections, processes(service, pool), perSecond, hold(plan, pool.name())));
                }
            }
        }
        return List.copyOf(predictions);
    }

    private static NaivePrediction of(
            PlannedPool pool, int connections, int processes, double perSecond, double holdNanos) {
        double offered = perSecond / processes * holdNanos / NANOS;
        ErlangC queue = new ErlangC(connections, offered);
        double capacity = connections * (double) processes / holdNanos * NANOS;
        return new NaivePrediction(
                pool.name(),
                connections,
                offered,
                queue.meanWait() * holdNanos,
                queue.waitQuantile(0.95) * holdNanos,
                queue.waitQuantile(0.99) * holdNanos,
                queue.waitProbability(),
                timedOut(queue, pool.acquireTimeoutNanos(), holdNanos),
                Math.min(perSecond, capacity));
    }

    /** C exp(-(c - a) t / H) where the queue is stable; what exceeds the capacity where it is not. */
    private static double timedOut(ErlangC queue, long timeoutNanos, double holdNanos) {
        if (timeoutNanos == Long.MAX_VALUE) {
            return 0;
        }
        if (queue.utilization() >= 1) {
            return 1 - 1 / queue.utilization();
        }
        double spare = queue.connections() - queue.offered();
        return queue.waitProbability() * StrictMath.exp(-spare * timeoutNanos / holdNanos);
    }

    private static int processes(PlannedService service, PlannedPool pool) {
        int processes = service.processes().stream()
                .filter(kind -> ServiceState.has(kind, pool))
                .mapToInt(Topology.PlannedProcess::count)
                .sum();
        return Math.max(1, processes * service.instances());
    }

    private static double perSecond(Plan plan, String pool) {
        double sum = 0;
        for (PlannedLoad load : plan.loads()) {
            sum += busiest(load) * connections(load, pool);
        }
        return sum;
    }

    private static double hold(Plan plan, String pool) {
        double sum = 0;
        for (PlannedLoad load : plan.loads()) {
            for (int i = 0; i < load.borrows().size(); i++) {
                if (load.borrows().get(i).pool().equals(pool)) {
                    sum += busiest(load) * load.borrows().get(i).connections() * holdWithNested(load.borrows(), i);
                }
            }
        }
        return sum / perSecond(plan, pool);
    }

    private static double holdWithNested(List<Borrow> borrows, int i) {
        double hold = borrows.get(i).inDatabase().meanNanos()
                + borrows.get(i).outside().meanNanos();
        boolean nested = i + 1 < borrows.size() && borrows.get(i + 1).nested();
        return nested ? hold + holdWithNested(borrows, i + 1) : hold;
    }

    private static int connections(PlannedLoad load, String pool) {
        return load.borrows().stream()
                .filter(borrow -> borrow.pool().equals(pool))
                .mapToInt(Borrow::connections)
                .sum();
    }

    private static double busiest(PlannedLoad load) {
        return load.rates().stream().mapToDouble(RateSegment::perSecond).max().orElse(0);
    }
}
