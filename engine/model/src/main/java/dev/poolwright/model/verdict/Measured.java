package dev.poolwright.model.verdict;

import dev.poolwright.model.fleet.Objective;
import dev.poolwright.model.fleet.Objective.Unit;
import java.util.Locale;

/**
 * What a record says about one objective.
 *
 * @param value in the unit of the metric
 * @param samples operations or moments behind it
 */
record Measured(double value, long samples) {

    boolean met(Objective objective) {
        return objective.metric().metBy(value, objective.bound());
    }

    String sentence(Objective objective) {
        String where = objective.window().name().toLowerCase(Locale.ROOT);
        return String.format(
                Locale.ROOT,
                "%s%s = %s %s (%s %s)",
                objective.metric().key(),
                objective.load().isEmpty() ? "" : " of " + objective.load(),
                shown(objective, value),
                where,
                objective.metric().metBy(0, 1) ? "at most" : "at least",
                shown(objective, objective.bound()));
    }

    private static String shown(Objective objective, double value) {
        if (objective.metric().unit() == Unit.NUMBER) {
            return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value);
        }
        if (objective.metric().unit() == Unit.SHARE) {
            return String.format(Locale.ROOT, "%.1f %%", value * 100);
        }
        if (Double.isInfinite(value)) {
            return "never";
        }
        return value >= 1e9
                ? String.format(Locale.ROOT, "%.1f s", value / 1e9)
                : String.format(Locale.ROOT, "%.1f ms", value / 1e6);
    }
}
