package dev.poolwright.model.proof;

import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.scenario.Fault;
import java.util.List;

/**
 * What a report says of a plan. Moments are those of the run, already divided by the speed.
 *
 * @param warmUpNanos not judged
 * @param faults in order of time, planned events included
 * @param notes knees, assumptions, unknown terms
 */
public record PlanSummary(long warmUpNanos, List<Fault> faults, Plan.Notes notes) {

    /** Where no plan could be made. */
    public static final PlanSummary NONE =
            new PlanSummary(0, List.of(), new Plan.Notes(List.of(), List.of(), List.of()));

    public PlanSummary {
        faults = List.copyOf(faults);
    }

    public static PlanSummary of(Plan plan) {
        return new PlanSummary(plan.header().warmUpNanos(), plan.faults(), plan.notes());
    }
}
