package dev.poolwright.report;

import dev.poolwright.model.proof.Comparison.Unit;
import java.time.Duration;
import java.util.Locale;

/** Numbers with their units, the same in every report. */
final class Figures {

    private Figures() {}

    /** A length of time with three digits and a fitting unit; {@code without bound} when infinite. */
    static String time(double nanos) {
        if (Double.isInfinite(nanos)) {
            return "without bound";
        }
        double size = Math.abs(nanos);
        if (size >= 120e9) {
            return String.format(Locale.ROOT, "%.1f min", nanos / 60e9);
        }
        if (size >= 999.5e6) {
            return digits(nanos / 1e9) + " s";
        }
        if (size >= 999.5e3 || nanos == 0) {
            return digits(nanos / 1e6) + " ms";
        }
        return digits(nanos / 1e3) + " µs";
    }

    static String time(Duration duration) {
        return time((double) duration.toNanos());
    }

    /** A moment in seconds with one decimal, so that moments line up. */
    static String moment(double nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }

    static String share(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    static String count(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** {@code 8x real time}; {@code real time} at 1. */
    static String speed(double speed) {
        return speed == 1
                ? "real time"
                : String.format(
                        Locale.ROOT,
                        "%s x real time",
                        String.format(Locale.ROOT, "%.2f", speed).replaceAll("\\.?0+$", ""));
    }

    /** A figure of a comparison in the plan's time: times are multiplied by the speed, rates divided. */
    static String of(Unit unit, double value, double speed) {
        return switch (unit) {
            case NANOS -> time(value * speed);
            case PER_SECOND -> Double.isInfinite(value) ? "without bound" : digits(value / speed) + " /s";
            case SHARE -> share(value);
        };
    }

    /** Distances of shares are points, not per cent of something. */
    static String distance(Unit unit, double value, double speed) {
        return unit == Unit.SHARE ? String.format(Locale.ROOT, "%.1f points", value * 100) : of(unit, value, speed);
    }

    private static String digits(double value) {
        double size = Math.abs(value);
        if (size >= 100 || size == 0) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return size >= 10 ? String.format(Locale.ROOT, "%.1f", value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
