package dev.poolwright.report;

import java.util.ArrayList;
import java.util.List;

/** Makes a series small enough to draw, without losing a peak or a dip. */
final class Downsampling {

    /** More than this no screen shows. */
    static final int MOST_POINTS = 600;

    private static final int MOST_SUMS = 200;

    private Downsampling() {}

    /** A value that holds from a bin on. */
    record Point(int bin, double value) {}

    /**
     * Of a level: the changes, if they are few; else the lowest and the highest of each of 300 stretches, in the order in
     * which they came.
     */
    static List<Point> level(List<Long> values) {
        List<Point> changes = new ArrayList<>();
        for (int bin = 0; bin < values.size(); bin++) {
            if (bin == 0 || !values.get(bin).equals(values.get(bin - 1))) {
                changes.add(new Point(bin, (double) values.get(bin)));
            }
        }
        return changes.size() <= MOST_POINTS ? changes : extremes(values);
    }

    private static List<Point> extremes(List<Long> values) {
        int stretches = MOST_POINTS / 2;
        List<Point> points = new ArrayList<>();
        for (int stretch = 0; stretch < stretches; stretch++) {
            int from = (int) ((long) values.size() * stretch / stretches);
            int to = (int) ((long) values.size() * (stretch + 1) / stretches);
            int low = from;
            int high = from;
            for (int bin = from; bin < to; bin++) {
                low = values.get(bin) < values.get(low) ? bin : low;
                high = values.get(bin) > values.get(high) ? bin : high;
            }
            points.add(new Point(Math.min(low, high), (double) values.get(Math.min(low, high))));
            if (low != high) {
                points.add(new Point(Math.max(low, high), (double) values.get(Math.max(low, high))));
            }
        }
        return points;
    }

    /** Of counts: sums over as many whole bins as keep them below 200, each as a mean for one bin. */
    static List<Point> counts(List<Long> values) {
        int bins = Math.max(1, (int) Math.ceil((double) values.size() / MOST_SUMS));
        List<Point> points = new ArrayList<>();
        for (int from = 0; from < values.size(); from += bins) {
            int to = Math.min(values.size(), from + bins);
            long sum = 0;
            for (int bin = from; bin < to; bin++) {
                sum += values.get(bin);
            }
            points.add(new Point(from, (double) sum / (to - from)));
        }
        return points;
    }
}
