package dev.poolwright.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.report.Downsampling.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DownsamplingTest {

    @Test
    void levelKeepsOnlyItsChanges() {
        assertThat(Downsampling.level(List.of(3L, 3L, 3L, 7L, 7L, 3L)))
                .containsExactly(new Point(0, 3), new Point(3, 7), new Point(5, 3));
        assertThat(Downsampling.level(List.of())).isEmpty();
    }

    @Test
    void longLevelKeepsItsSinglePeakAndItsSingleDip() {
        List<Long> values = new ArrayList<>();
        for (int bin = 0; bin < 100_000; bin++) {
            values.add(50L + bin % 2);
        }
        values.set(71_234, 99L);
        values.set(12_345, 1L);

        List<Point> points = Downsampling.level(values);

        assertThat(points).hasSizeLessThanOrEqualTo(Downsampling.MOST_POINTS);
        assertThat(points).contains(new Point(71_234, 99), new Point(12_345, 1));
        assertThat(points).extracting(Point::bin).isSorted();
    }

    @Test
    void countsAreSummedOverWholeBins() {
        List<Long> values = new ArrayList<>();
        for (int bin = 0; bin < 401; bin++) {
            values.add(bin == 0 ? 3L : 0L);
        }
        List<Point> points = Downsampling.counts(values);
        assertThat(points.getFirst()).isEqualTo(new Point(0, 1));
        assertThat(points).hasSize(134);
    }
}
