package dev.poolwright.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.plan.PlannedLoad.RateSegment;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.run.Series;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A retry storm that outlives its cause (FACTS 1.5; Bronson et al., HotOS 2021): ten connections, holds of 20 ms, callers
 * that leave after 1 s, 70 % load, and a burst of three times that for 10 s.
 */
class RetryStormTest {

    /** Share of operations that succeed in the last 60 s, two minutes after the burst. */
    private static double goodputLongAfter(int retries, int waiters) {
        double rate = 0.7 * 10 / 0.020;
        Plans plans = Plans.of(rate, 200 * Plans.SECOND, Plans.exponential(20));
        plans.rates = List.of(
                new RateSegment(10 * Plans.SECOND, rate),
                new RateSegment(20 * Plans.SECOND, 3 * rate),
                new RateSegment(200 * Plans.SECOND, rate));
        plans.deadline = Plans.SECOND;
        plans.retries = retries;
        plans.waiters = waiters;
        RunRecord record = Simulator.run(plans.plan());
        return (double) last(record, "succeeded") / last(record, "offered");
    }

    private static long last(RunRecord record, String what) {
        Series series = record.series("load/app/ask/" + what).orElseThrow();
        int from = (int) (140 * Plans.SECOND / record.binNanos());
        return series.values().subList(from, series.values().size()).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void withoutRetriesAnUnboundedQueueRecovers() {
        assertThat(goodputLongAfter(0, Integer.MAX_VALUE)).isGreaterThan(0.99);
    }

    @Test
    void withOneRetryAnUnboundedQueueNeverRecovers() {
        assertThat(goodputLongAfter(1, Integer.MAX_VALUE)).isLessThan(0.7);
    }

    @Test
    void withThreeRetriesAWaiterLimitLetsItRecover() {
        assertThat(goodputLongAfter(3, 50)).isGreaterThan(0.99);
    }
}
