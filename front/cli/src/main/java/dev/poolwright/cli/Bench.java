package dev.poolwright.cli;

import dev.poolwright.lab.run.Calibration;
import dev.poolwright.lab.run.LabOptions;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.proof.JudgedRun;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/** Where plans are measured. */
interface Bench {

    /** What the parts cost there. */
    Calibration calibration() throws SQLException;

    /**
     * The speed for a plan.
     *
     * @param plan at speed 1
     * @param asked what the user wants; empty for as fast as is honest
     */
    double speed(Plan plan, Optional<Double> asked) throws SQLException;

    /**
     * Measures the plans; the runs are in the order of the list.
     *
     * @param oneAtATime never side by side
     * @param progress told a share from 0 to 1 now and then
     */
    List<JudgedRun> measure(List<Plan> plans, LabOptions options, boolean oneAtATime, DoubleConsumer progress)
            throws IOException, InterruptedException;
}
