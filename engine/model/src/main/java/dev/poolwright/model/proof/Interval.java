package dev.poolwright.model.proof;

import dev.poolwright.model.proof.Comparison.Measured;
import java.util.Arrays;

/** Mean of the repeats with its 95 % t-interval, or with their range where they are too few for one. */
final class Interval {

    /** Two-sided 95 % points of Student's t for 4 to 30 degrees of freedom (Fisher and Yates, Statistical Tables, table III). */
    private static final double[] T_95 = {
        2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093,
        2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    private Interval() {}

    /** @param values one for each repeat, at least one */
    static Measured of(double... values) {
        int n = values.length;
        double low = Arrays.stream(values).min().orElseThrow();
        double high = Arrays.stream(values).max().orElseThrow();
        // The mean of equal values can miss them by a rounding.
        double mean = Math.max(low, Math.min(high, Arrays.stream(values).sum() / n));
        if (n < Measured.REPEATS_FOR_INTERVAL) {
            return new Measured(mean, low, high, n);
        }
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        // Beyond 30 degrees of freedom the point for 30 stays on the safe side.
        double t = T_95[Math.min(n - Measured.REPEATS_FOR_INTERVAL, T_95.length - 1)];
        double half = t * Math.sqrt(squares / (n - 1) / n);
        return new Measured(mean, mean - half, mean + half, n);
    }
}
