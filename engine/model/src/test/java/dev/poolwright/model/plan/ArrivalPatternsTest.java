package dev.poolwright.model.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.model.fleet.Distribution;
import dev.poolwright.model.fleet.Work;
import dev.poolwright.model.plan.PlannedLoad.RateSegment;
import dev.poolwright.model.scenario.ArrivalPattern;
import dev.poolwright.policy.Backoff;
import dev.poolwright.policy.Draws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalPatternsTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void evenArrivalsAreTheSameTimeApartAndFollowTheRate() {
        List<Long> moments = moments(
                new ArrivalPattern.Even(), List.of(new RateSegment(2 * SECOND, 4), new RateSegment(4 * SECOND, 2)));
        assertThat(moments).startsWith(SECOND / 4, SECOND / 2).hasSizeBetween(11, 12);
        assertThat(moments.get(9) - moments.get(8)).isEqualTo(SECOND / 2);
    }

    @Test
    void replayedArrivalsAreThoseOfTheFileUpToTheEndOfTheRun() {
        ArrivalPattern.Replay replay = new ArrivalPattern.Replay("day.txt", List.of(0L, SECOND, SECOND, 9 * SECOND));
        assertThat(moments(replay, List.of(new RateSegment(5 * SECOND, 1)))).containsExactly(0L, SECOND, SECOND);
        assertThat(moments(replay.atSpeed(2), List.of(new RateSegment(5 * SECOND, 1))))
                .containsExactly(0L, SECOND / 2, SECOND / 2, 9 * SECOND / 2);
    }

    @Test
    void aReplayThatGoesBackIsRefused() {
        assertThatThrownBy(() -> new ArrivalPattern.Replay("day.txt", List.of(2 * SECOND, SECOND)))
                .hasMessage("replay = day.txt: moment 1.0 s stands after 2.0 s: must be ascending, from 0");
    }

    private static List<Long> moments(ArrivalPattern pattern, List<RateSegment> rates) {
        PlannedLoad load = new PlannedLoad(
                "a/b",
                "a",
                "a/b",
                rates,
                List.of(new PlannedLoad.Borrow(
                        "a/p",
                        1,
                        false,
                        Distribution.constant(Duration.ZERO),
                        Distribution.constant(Duration.ZERO),
                        0)),
                Long.MAX_VALUE,
                0,
                Backoff.NONE,
                Work.sleep(),
                pattern);
        Arrivals arrivals = new Arrivals(Draws.of(1), load);
        List<Long> moments = new ArrayList<>();
        for (long next = arrivals.next(); next != Arrivals.END; next = arrivals.next()) {
            moments.add(next);
        }
        return moments;
    }
}
