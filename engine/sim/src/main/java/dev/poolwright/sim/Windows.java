package dev.poolwright.sim;

import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.plan.Plan;
import java.util.EnumMap;
import java.util.Map;

/** The windows of a plan as intervals, because asking the plan at each operation would be slow. Immutable. */
final class Windows {

    private final Map<Window, long[]> intervals = new EnumMap<>(Window.class);

    private Windows() {}

    static Windows of(Plan plan) {
        Windows windows = new Windows();
        for (Window window : Window.values()) {
            windows.intervals.put(window, interval(plan, window));
        }
        return windows;
    }

    private static long[] interval(Plan plan, Window window) {
        return switch (window) {
            case WHOLE -> new long[] {plan.header().warmUpNanos(), Long.MAX_VALUE};
            case DURING -> new long[] {plan.firstFaultNanos(), plan.lastFaultEndNanos()};
            case AFTER -> new long[] {plan.afterNanos(), Long.MAX_VALUE};
        };
    }

    boolean isIn(Window window, long nanos) {
        long[] interval = intervals.getOrDefault(window, new long[2]);
        return nanos >= interval[0] && nanos < interval[1];
    }
}
