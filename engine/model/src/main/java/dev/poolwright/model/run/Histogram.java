package dev.poolwright.model.run;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Durations in nanoseconds, counted in the bins of an HdrHistogram with three significant digits, so that histograms of
 * repeats and of processes can be merged without loss.
 *
 * @param bins ascending; only bins that hold something
 */
public record Histogram(List<Bin> bins) {

    public static final Histogram EMPTY = new Histogram(List.of());

    public Histogram {
        bins = List.copyOf(bins);
    }

    /** {@code count} values that are equal to {@code nanos} within three digits. */
    public record Bin(long nanos, long count) {}

    /** A recorder with the precision of this record. Not thread-safe. */
    public static org.HdrHistogram.Histogram recorder() {
        return new org.HdrHistogram.Histogram(3);
    }

    public static Histogram of(org.HdrHistogram.Histogram recorded) {
        List<Bin> bins = new ArrayList<>();
        for (HistogramIterationValue value : recorded.recordedValues()) {
            bins.add(new Bin(value.getValueIteratedTo(), value.getCountAddedInThisIterationStep()));
        }
        return new Histogram(bins);
    }

    public long count() {
        return bins.stream().mapToLong(Bin::count).sum();
    }

    /** Zero when empty. */
    public double meanNanos() {
        long count = count();
        double sum = 0;
        for (Bin bin : bins) {
            sum += (double) bin.nanos() * bin.count();
        }
        return count == 0 ? 0 : sum / count;
    }

    /** The smallest recorded value that at least {@code percent} per cent of the values do not exceed; zero when empty. */
    public long percentileNanos(double percent) {
        long rank = Math.max(1, (long) Math.ceil(count() * percent / 100));
        long seen = 0;
        for (Bin bin : bins) {
            seen += bin.count();
            if (seen >= rank) {
                return bin.nanos();
            }
        }
        return 0;
    }

    public long maxNanos() {
        return bins.isEmpty() ? 0 : bins.get(bins.size() - 1).nanos();
    }

    public Histogram plus(Histogram other) {
        org.HdrHistogram.Histogram sum = recorder();
        bins.forEach(bin -> sum.recordValueWithCount(bin.nanos(), bin.count()));
        other.bins.forEach(bin -> sum.recordValueWithCount(bin.nanos(), bin.count()));
        return of(sum);
    }
}
