package dev.poolwright.lab.run;

import dev.poolwright.model.fleet.StartupPhase;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.PlannedLoad;
import dev.poolwright.model.plan.PlannedLoad.Borrow;
import dev.poolwright.model.plan.PlannedLoad.RateSegment;
import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.plan.Topology.PlannedPool;
import dev.poolwright.model.plan.Topology.PlannedService;
import dev.poolwright.policy.StartupPhases;
import java.util.Locale;

/**
 * How fast a plan can be run here without its times sinking into the cost of the parts: the least, over its times, of the
 * time ÷ (3 × the measured floor of what happens in that time), and of what the generator can begin in a second.
 *
 * @param factor at least 1
 * @param boundBy the binding term, with its figures
 */
public record SpeedLimit(double factor, String boundBy) {

    private static final double FLOORS = 3;

    /** Operations a second that generator, subjects and server manage together on two cores with room to spare. */
    private static final double MOST_PER_SECOND = 1_200;

    /**
     * The highest factor for a plan.
     *
     * @param plan at speed 1
     */
    public static SpeedLimit of(Plan plan, Calibration calibration) {
        SpeedLimit least = new SpeedLimit(Double.MAX_VALUE, "nothing in the plan");
        double rate = 0;
        for (PlannedLoad load : plan.loads()) {
            rate += load.rates().stream()
                    .mapToDouble(RateSegment::perSecond)
                    .max()
                    .orElse(0);
            for (Borrow borrow : load.borrows()) {
                double hold = borrow.inDatabase().meanNanos() + borrow.outside().meanNanos();
                least = least.or(Math.round(hold), calibration.statementNanos(), "mean hold of " + load.name());
            }
            least = least.or(load.deadlineNanos(), calibration.oversleepNanos(), "deadline of " + load.name());
        }
        for (PlannedService service : plan.topology().services()) {
            for (PlannedPool pool : service.pools()) {
                least = least.or(
                        pool.acquireTimeoutNanos(), calibration.oversleepNanos(), "acquire timeout of " + pool.name());
                if (pool.behaviour() == Topology.Behaviour.NULL) {
                    continue;
                }
                least = least.or(
                        pool.connectTimeoutNanos(), calibration.connectNanos(), "connect timeout of " + pool.name());
            }
            least = least.andStartup(plan, service, calibration);
        }
        if (rate > 0 && MOST_PER_SECOND / rate < least.factor) {
            least = new SpeedLimit(
                    MOST_PER_SECOND / rate,
                    String.format(
                            Locale.ROOT,
                            "%.0f operations/s asked of a generator that does %.0f/s",
                            rate,
                            MOST_PER_SECOND));
        }
        return new SpeedLimit(Math.max(1, least.factor), least.boundBy);
    }

    /** Only phases that connect cost what was measured; and only where the plan starts instances at all. */
    private SpeedLimit andStartup(Plan plan, PlannedService service, Calibration calibration) {
        if (Supervisor.processesNeeded(plan) == 0) {
            return this;
        }
        SpeedLimit least = this;
        for (int phase = 0; phase < service.steps().size(); phase++) {
            StartupPhases.Phase declared = service.startup().phases().get(phase);
            int connections = service.steps().get(phase).stream()
                    .filter(step -> step.kind() == StartupPhase.Kind.CONNECT)
                    .mapToInt(Topology.PlannedStep::connections)
                    .sum();
            if (connections > 0) {
                least = least.or(
                        declared.limit().toNanos(),
                        calibration.connectNanos() * connections,
                        "limit of phase " + service.name() + "/" + declared.name());
            }
        }
        return least;
    }

    private SpeedLimit or(long nanos, long floorNanos, String what) {
        if (nanos <= 0 || nanos == Long.MAX_VALUE) {
            return this;
        }
        double highest = (double) nanos / (FLOORS * Math.max(1, floorNanos));
        return highest >= factor
                ? this
                : new SpeedLimit(
                        highest,
                        String.format(
                                Locale.ROOT,
                                "%s = %.1f ms against %.1f × %.2f ms measured",
                                what,
                                nanos / 1e6,
                                FLOORS,
                                floorNanos / 1e6));
    }
}
