package dev.poolwright.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fleet.Objective;
import dev.poolwright.model.fleet.Objective.Metric;
import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.PlannedLoad.RateSegment;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.run.Series;
import dev.poolwright.model.verdict.Figure;
import dev.poolwright.model.verdict.Judge;
import dev.poolwright.model.verdict.Phases;
import dev.poolwright.model.verdict.Phases.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Figures that an expectation may ask for: seen where they are so, and not seen where a record is tampered with. */
class FiguresTest {

    private static Figure figure(RunRecord record, Plan plan, Metric metric, double bound) {
        return Judge.figures(record, plan, List.of(new Objective(metric, bound, Window.WHOLE, Origin.NONE)))
                .getFirst();
    }

    /** Ten connections that serve 50/s and callers that wait for a second, through all phases. */
    private static Plan overload() {
        Plans plans = Plans.of(1, 1, Plans.constant(200));
        plans.acquireTimeout = Plans.SECOND;
        plans.rates = List.of(
                new RateSegment(5 * Plans.SECOND, 20),
                new RateSegment(11 * Plans.SECOND, 42),
                new RateSegment(19 * Plans.SECOND, 62),
                new RateSegment(23 * Plans.SECOND, 150),
                new RateSegment(28 * Plans.SECOND, 30),
                new RateSegment(32 * Plans.SECOND, 15));
        return plans.plan();
    }

    private static RunRecord with(RunRecord record, String suffix, UnaryOperator<Long> change) {
        List<Series> series = new ArrayList<>();
        for (Series one : record.series()) {
            series.add(
                    one.name().endsWith(suffix)
                            ? new Series(
                                    one.name(),
                                    one.values().stream().map(change).toList())
                            : one);
        }
        return new RunRecord(
                record.source(),
                record.header(),
                record.binNanos(),
                series,
                record.loads(),
                record.happenings(),
                record.health());
    }

    @Test
    void whoIsRefusedHasWaitedTheFullAcquireTimeout() {
        Plan plan = overload();
        RunRecord record = Simulator.run(plan);
        assertThat(figure(record, plan, Metric.REFUSED_WAIT, 0.1))
                .returns(true, Figure::seen)
                .returns(0.0, Figure::value);
        RunRecord early = with(record, "/refused_least", wait -> wait * 8 / 10);
        assertThat(figure(early, plan, Metric.REFUSED_WAIT, 0.1).seen()).isFalse();
        RunRecord late = with(record, "/refused_most", wait -> wait * 12 / 10);
        assertThat(figure(late, plan, Metric.REFUSED_WAIT, 0.1).seen()).isFalse();
    }

    @Test
    void aFigureOfWhatNeverHappenedIsNotSeen() {
        Plan plan = Plans.of(10, 5 * Plans.SECOND, Plans.constant(50)).plan();
        Figure figure = figure(Simulator.run(plan), plan, Metric.REFUSED_WAIT, 0.1);
        assertThat(figure.seen()).isFalse();
        assertThat(figure.sentence()).contains("nothing to measure it on");
    }

    @Test
    void nobodyOvertakesInALineAndWhoDoesIsCounted() {
        Plan plan = overload();
        RunRecord record = Simulator.run(plan);
        assertThat(figure(record, plan, Metric.OVERTAKEN, 0).seen()).isTrue();
        RunRecord overtaken = with(record, "/overtook", count -> count + 1);
        assertThat(figure(overtaken, plan, Metric.OVERTAKEN, 0.05).seen()).isFalse();
    }

    @Test
    void allPhasesOfAnOverloadAreSeenInOrder() {
        Phases phases = Phases.of(Simulator.run(overload()));
        assertThat(phases.seen()).isEqualTo(6);
        assertThat(phases.begins().get(Phase.DEGRADED)).isBetween(11 * Plans.SECOND, 21 * Plans.SECOND);
        assertThat(phases.begins().get(Phase.RECOVERING)).isBetween(23 * Plans.SECOND, 25 * Plans.SECOND);
    }

    @Test
    void aLostOperationTakesAllPhasesBack() {
        RunRecord record = with(Simulator.run(overload()), "ask/succeeded", count -> Math.max(0, count - 1));
        assertThat(Phases.of(record).conserved()).isFalse();
        assertThat(Phases.of(record).seen()).isZero();
    }

    @Test
    void aPoolThatCountsWronglyIsSeen() {
        Plans plans = Plans.of(1, 1, Plans.constant(4000));
        plans.rates = List.of(
                new RateSegment(Plans.SECOND, 0),
                new RateSegment(1_200 * Plans.MILLI, 25),
                new RateSegment(12 * Plans.SECOND, 0));
        Plan plan = plans.plan();
        RunRecord record = Simulator.run(plan);
        assertThat(figure(record, plan, Metric.COUNT_ERROR, 1))
                .returns(true, Figure::seen)
                .returns(0.0, Figure::value);
        for (String counted : List.of("/in_use", "/open")) {
            assertThat(figure(with(record, counted, count -> count + 2), plan, Metric.COUNT_ERROR, 1)
                            .seen())
                    .as(counted)
                    .isFalse();
        }
    }

    @Test
    void goodputIsMeasuredAgainstWhatTheConnectionsCanServe() {
        Plan plan = Plans.of(100, 20 * Plans.SECOND, Plans.constant(200)).plan();
        // Twice what is served; nobody leaves, so the connections work all the time.
        assertThat(figure(Simulator.run(plan), plan, Metric.GOODPUT, 0.95).seen())
                .isTrue();
        Plan half = Plans.of(25, 20 * Plans.SECOND, Plans.constant(200)).plan();
        assertThat(figure(Simulator.run(half), half, Metric.GOODPUT, 0.95).value())
                .isBetween(0.4, 0.6);
    }

    @Test
    void connectsAreCountedAgainstTheSizesOfThePools() {
        Plans plans = Plans.of(50, 10 * Plans.SECOND, Plans.exponential(100));
        Plan kept = plans.plan();
        assertThat(figure(Simulator.run(kept), kept, Metric.CONNECTS, 1.5).seen())
                .isTrue();
        plans.size = 1;
        plans.overflow = 19;
        Plan churned = plans.plan();
        assertThat(figure(Simulator.run(churned), churned, Metric.CONNECTS, 1.5).value())
                .isGreaterThan(20);
    }

    @Test
    void normalOperationIsBeforeTheLoadFirstRises() {
        Plan plan = overload();
        assertThat(plan.isIn(Window.BEFORE, 4 * Plans.SECOND)).isTrue();
        assertThat(plan.isIn(Window.DURING, 6 * Plans.SECOND)).isTrue();
        assertThat(plan.isIn(Window.DURING, 30 * Plans.SECOND)).isFalse();
        assertThat(Duration.ofNanos(plan.lengthNanos(Window.DURING))).isEqualTo(Duration.ofSeconds(23));
    }
}
