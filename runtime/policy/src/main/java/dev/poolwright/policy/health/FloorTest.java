package dev.poolwright.policy.health;

import java.util.Arrays;

/**
 * Whether connections leak, from the floor of those in use: a leak raises the minimum of each window, load raises the mean.
 *
 * <p>Of the last {@link #MOST_WINDOWS} window minima, from {@link #LEAST_WINDOWS} on: alarm when the Mann-Kendall test says
 * that they rise (one-sided p &lt; 0.01, normal approximation with continuity and tie correction:
 * {@code z = (S − 1) ÷ √Var > 2.326}, {@code Var = (n(n−1)(2n+5) − Σ t(t−1)(2t+5)) ÷ 18}) and the Theil-Sen slope is
 * above 0. Sources: Mann 1945; Kendall 1975; Sen 1968; FACTS 1.10.
 *
 * <p>Needs quiet moments: where in use never falls between two borrows, the floor is the load.
 *
 * <p>Not thread-safe. Nothing is allocated after construction. Size: 5 kB, nearly all for the slopes.
 */
public final class FloorTest {

    /** Window minima without which nothing is said. */
    public static final int LEAST_WINDOWS = 8;

    /** Window minima that are remembered. */
    public static final int MOST_WINDOWS = 32;

    /** The standard normal's upper 1 %. */
    static final double ONE_PERCENT = 2.326;

    private final int[] minima = new int[MOST_WINDOWS];
    private final double[] slopes = new double[MOST_WINDOWS * (MOST_WINDOWS - 1) / 2];
    private int windows;
    private double slope;
    private double z;

    /** Has seen no window. */
    public FloorTest() {}

    /**
     * A window ended.
     *
     * @param least the fewest connections in use at any moment of it
     * @return whether the floor rises
     */
    public boolean windowEnded(int least) {
        if (windows == MOST_WINDOWS) {
            System.arraycopy(minima, 1, minima, 0, MOST_WINDOWS - 1);
            windows--;
        }
        minima[windows++] = least;
        if (windows < LEAST_WINDOWS) {
            return false;
        }
        z = mannKendall();
        slope = theilSen();
        return z > ONE_PERCENT && slope > 0;
    }

    /** Connections per window that the floor rises by; 0 before enough windows. */
    public double slope() {
        return slope;
    }

    /** The test's statistic; 0 before enough windows. */
    public double z() {
        return z;
    }

    /** Forgets all windows, as after a restart of the pool. */
    public void forget() {
        windows = 0;
        slope = 0;
        z = 0;
    }

    private double mannKendall() {
        long s = 0;
        double ties = 0;
        for (int i = 0; i < windows; i++) {
            int equalFromHere = 1;
            boolean firstOfItsValue = true;
            for (int j = 0; j < windows; j++) {
                if (j > i) {
                    s += Integer.signum(minima[j] - minima[i]);
                    equalFromHere += minima[j] == minima[i] ? 1 : 0;
                } else if (j < i && minima[j] == minima[i]) {
                    firstOfItsValue = false;
                }
            }
            if (firstOfItsValue) {
                double t = equalFromHere;
                ties += t * (t - 1) * (2 * t + 5);
            }
        }
        double n = windows;
        double variance = (n * (n - 1) * (2 * n + 5) - ties) / 18;
        return variance <= 0 || s == 0 ? 0 : (s - Long.signum(s)) / Math.sqrt(variance);
    }

    private double theilSen() {
        int count = 0;
        for (int i = 0; i < windows; i++) {
            for (int j = i + 1; j < windows; j++) {
                slopes[count++] = (double) (minima[j] - minima[i]) / (j - i);
            }
        }
        Arrays.sort(slopes, 0, count);
        return (slopes[(count - 1) / 2] + slopes[count / 2]) / 2;
    }
}
