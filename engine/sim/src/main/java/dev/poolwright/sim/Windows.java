package dev.poolwright.sim;

import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.plan.Plan;

/** The windows of a plan as intervals, because asking the plan at each operation would be slow. Immutable. */
record Windows(long warmUpEnd, long firstFault, long lastFaultEnd, long after) {

    static Windows of(Plan plan) {
        return new Windows(
                plan.header().warmUpNanos(), plan.firstFaultNanos(), plan.lastFaultEndNanos(), plan.afterNanos());
    }

    /** The same answer as {@link Plan#isIn}. */
    boolean isIn(Window window, long nanos) {
        return switch (window) {
            case WHOLE -> nanos >= warmUpEnd;
            case DURING -> nanos >= firstFault && nanos < lastFaultEnd;
            case AFTER -> nanos >= after;
            case BEFORE -> nanos >= warmUpEnd && nanos < firstFault;
        };
    }
}
