package dev.poolwright.cli;

import dev.poolwright.lab.run.Calibration;
import dev.poolwright.lab.run.LabOptions;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.proof.JudgedRun;
import dev.poolwright.model.run.Health;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.sim.Simulator;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/** A bench whose runs are simulated and called measured; their health is as scripted, and good after the script's end. */
final class MadeUpBench implements Bench {

    static final Health GOOD = health(Duration.ofMillis(2), 0, List.of());
    static final Health LATE = health(Duration.ofMillis(399), 0, List.of());
    static final Health EVIDENCE_MISSING = health(Duration.ofMillis(399), 1, List.of());
    static final Health LEFT_BEHIND = health(Duration.ofMillis(399), 0, List.of("process 7"));

    /** One for each call: what was asked to be measured. */
    final List<Asked> asked = new ArrayList<>();

    private final double fastest;
    private final Deque<Health> script;

    MadeUpBench(double fastest, Health... script) {
        this.fastest = fastest;
        this.script = new ArrayDeque<>(List.of(script));
    }

    /** What was asked to be measured at once. */
    record Asked(int plans, double speed, boolean oneAtATime) {}

    @Override
    public Calibration calibration() {
        return new Calibration(5_000_000, 200_000, 100_000);
    }

    @Override
    public double speed(Plan plan, Optional<Double> wanted) {
        return wanted.orElse(fastest);
    }

    @Override
    public List<JudgedRun> measure(List<Plan> plans, LabOptions options, boolean oneAtATime, DoubleConsumer progress) {
        asked.add(new Asked(plans.size(), plans.getFirst().header().speed(), oneAtATime));
        List<JudgedRun> runs = new ArrayList<>();
        for (Plan plan : plans) {
            RunRecord simulated = Simulator.run(plan);
            Health health = script.isEmpty() ? GOOD : script.removeFirst();
            runs.add(SimCommand.proven(
                    plan,
                    new RunRecord(
                            "lab",
                            simulated.header(),
                            simulated.binNanos(),
                            simulated.series(),
                            simulated.loads(),
                            simulated.happenings(),
                            health)));
        }
        return runs;
    }

    private static Health health(Duration lag, int missing, List<String> leftovers) {
        return new Health(new Health.Evidence(true, 100, 100 - missing, 0), lag, 0.2, 0, leftovers, List.of());
    }
}
