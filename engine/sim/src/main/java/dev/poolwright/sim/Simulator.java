package dev.poolwright.sim;

import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.run.RunRecord;

/**
 * Executes a plan in virtual time. The same plan gives the same record, to the byte, on every machine. Without state;
 * thread-safe.
 */
public final class Simulator {

    private Simulator() {}

    /**
     * The run of a plan.
     *
     * @throws IllegalStateException if the plan refers to something it does not have, or keeps more than 16 million events pending
     */
    public static RunRecord run(Plan plan) {
        return new Run(plan).go();
    }
}
