package dev.poolwright.report;

import dev.poolwright.model.proof.Comparison;
import dev.poolwright.model.proof.Comparison.Measured;
import dev.poolwright.model.proof.Comparison.Row;

/** Sentences that more than one report says. */
final class Sentences {

    private Sentences() {}

    static String comparison(Comparison comparison) {
        long within = comparison.rows().stream().filter(Row::within).count();
        int repeats = comparison.rows().stream()
                .map(Row::measured)
                .mapToInt(Measured::repeats)
                .max()
                .orElse(0);
        return within + " of " + Figures.count(comparison.rows().size(), "figure") + " within the bound over "
                + Figures.count(repeats, "repeat") + "; nearer than the naive predictor in " + comparison.beaten()
                + " of " + comparison.contested() + " waits. Figures are in the plan's time, the runs went at "
                + Figures.speed(comparison.speed()) + ".";
    }
}
