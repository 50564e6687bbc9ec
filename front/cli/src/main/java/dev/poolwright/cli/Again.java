package dev.poolwright.cli;

import dev.poolwright.lab.run.LabOptions;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.proof.JudgedRun;
import dev.poolwright.model.verdict.Invalidity;
import dev.poolwright.model.verdict.Verdict.Outcome;
import dev.poolwright.report.ProgressLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures runs, and measures again, alone, those that prove nothing because the machine was too busy. What was wrong with
 * a measurement that is not used is kept, to be said.
 */
final class Again {

    /**
     * A run is measured again at most so often. What disturbs a machine comes in bursts of seconds, and a run takes as long
     * as one; a machine that disturbs three runs on end is not fit for this plan, and the user must hear that.
     */
    static final int AT_MOST = 2;

    private final Bench bench;
    private final LabOptions options;
    private final ProgressLine progress;
    private final boolean oneAtATime;

    /** @param oneAtATime never side by side, not even at first */
    Again(Bench bench, LabOptions options, ProgressLine progress, boolean oneAtATime) {
        this.bench = bench;
        this.options = options;
        this.progress = progress;
        this.oneAtATime = oneAtATime;
    }

    /** A plan and what its run is called, for example {@code repeat 2}. */
    record Named(String name, Plan plan) {}

    /** The same plan so many times, named by number. */
    static List<Named> repeats(Plan plan, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> new Named("repeat " + number, plan))
                .toList();
    }

    /**
     * What was measured.
     *
     * @param runs in the order of the plans
     * @param discarded name and verdict of each measurement that a later one took the place of
     */
    record Measured(List<Named> plans, List<JudgedRun> runs, List<String> discarded) {

        /** Whether a run proves nothing even so, and only because the machine was too busy. */
        boolean isDisturbed() {
            return runs.stream().anyMatch(Again::isDisturbed);
        }

        /** Those that are disturbed even so, in words. */
        List<String> disturbed() {
            List<String> words = new ArrayList<>();
            for (int i = 0; i < runs.size(); i++) {
                if (Again.isDisturbed(runs.get(i))) {
                    words.add(words(plans.get(i), runs.get(i)));
                }
            }
            return words;
        }
    }

    /**
     * Measures the plans.
     *
     * @param atMost how often a run may be measured again; from 0
     */
    Measured measure(List<Named> plans, int atMost) throws IOException, InterruptedException {
        List<JudgedRun> runs = new ArrayList<>(
                bench.measure(plans.stream().map(Named::plan).toList(), options, oneAtATime, progress::at));
        List<String> discarded = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            Named named = plans.get(i);
            for (int again = 0; again < atMost && isDisturbed(runs.get(i)); again++) {
                String words = words(named, runs.get(i));
                discarded.add(words);
                progress.stage("lab again, " + words);
                runs.set(
                        i,
                        bench.measure(List.of(named.plan()), options, true, progress::at)
                                .getFirst());
            }
        }
        return new Measured(plans, runs, discarded);
    }

    /** One sentence about measurements that are not used. */
    static String note(List<String> discarded) {
        return "lab: " + (discarded.size() == 1 ? "1 run was" : discarded.size() + " runs were") + " measured again: "
                + String.join("; ", discarded);
    }

    private static boolean isDisturbed(JudgedRun run) {
        return run.verdict().outcome() == Outcome.INVALID
                && Invalidity.isOnlyOfTheMachine(run.record().health());
    }

    private static String words(Named named, JudgedRun run) {
        return named.name() + " " + run.verdict().outcome() + ", "
                + String.join(", ", run.verdict().reasons());
    }
}
