package dev.poolwright.model.proof;

import java.util.List;

/**
 * The runs behind a proof: three columns and the control.
 *
 * @param production production, predicted
 * @param twin the lab twin, predicted; written before the lab starts
 * @param repeats the lab twin, measured; empty when the lab did not run
 * @param control the same plan without its faults; it must hold, or the break is not the faults' doing
 */
public record ProofRuns(
        Part<JudgedRun> production, Part<JudgedRun> twin, List<JudgedRun> repeats, Part<JudgedRun> control) {

    /** No run was made. */
    public static ProofRuns none(String why) {
        return new ProofRuns(Part.absent(why), Part.absent(why), List.of(), Part.absent(why));
    }

    public ProofRuns {
        repeats = List.copyOf(repeats);
        mustBe(false, production, "production");
        mustBe(false, twin, "twin");
        repeats.forEach(repeat -> mustBe(true, Part.of(repeat), "repeats"));
    }

    private static void mustBe(boolean measured, Part<JudgedRun> run, String name) {
        run.value().filter(one -> one.measured() != measured).ifPresent(one -> {
            throw new IllegalArgumentException(
                    name + ": source = " + one.record().source() + ": must be " + (measured ? "lab" : "sim"));
        });
    }
}
