package dev.poolwright.model.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.poolwright.model.fleet.Distribution;
import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.fleet.Pool.Discipline;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.PlannedLoad;
import dev.poolwright.model.plan.PlannedLoad.Borrow;
import dev.poolwright.model.plan.PlannedLoad.RateSegment;
import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.plan.Topology.Behaviour;
import dev.poolwright.model.plan.Topology.PlannedPlatform;
import dev.poolwright.model.plan.Topology.PlannedPool;
import dev.poolwright.model.plan.Topology.PlannedProcess;
import dev.poolwright.model.plan.Topology.PlannedService;
import dev.poolwright.model.proof.Comparison.Row;
import dev.poolwright.model.run.Health;
import dev.poolwright.model.run.Histogram;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.run.LoadResult.Outcome;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.theory.ErlangC;
import dev.poolwright.policy.Backoff;
import dev.poolwright.policy.StartupPhases;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PredictionComparisonTest {

    private static final long MS = 1_000_000;
    private static final long SECOND = 1000 * MS;
    private static final long TIMEOUT = 500 * MS;

    /** 40 operations a second, each holding 90 ms on average, at a pool of 5. */
    private static final Plan PLAN = plan();

    @Test
    void equalRunsLieWithinEveryBound() {
        Comparison comparison = compare(run("sim", 10, 1000, 0), run("lab", 10, 1000, 0));

        assertThat(comparison.within()).isTrue();
        assertThat(comparison.rows())
                .extracting(Row::quantity)
                .containsExactly(
                        "throughput",
                        "acquire wait mean",
                        "acquire wait p50",
                        "acquire wait p95",
                        "acquire wait p99",
                        "waits cut off");
    }

    @Test
    void waitsMayDifferByFifteenPerCentOrOneMillisecondWhicheverIsMore() {
        assertThat(row(compare(run("sim", 110, 1000, 0), run("lab", 100, 1000, 0)), "acquire wait mean")
                        .within())
                .isTrue();
        assertThat(row(compare(run("sim", 120, 1000, 0), run("lab", 100, 1000, 0)), "acquire wait mean")
                        .within())
                .isFalse();
        assertThat(row(compare(run("sim", 0, 1000, 0), run("lab", 1, 1000, 0)), "acquire wait mean")
                        .bound())
                .isEqualTo(1e6);
    }

    @Test
    void throughputMayDifferByFivePerCent() {
        assertThat(row(compare(run("sim", 10, 1000, 0), run("lab", 10, 960, 0)), "throughput")
                        .within())
                .isTrue();
        assertThat(row(compare(run("sim", 10, 1000, 0), run("lab", 10, 940, 0)), "throughput")
                        .within())
                .isFalse();
    }

    @Test
    void cutOffWaitsAreLeftOutOfTheWaitsAndComparedByTheirShare() {
        Comparison comparison = compare(run("sim", 10, 900, 100), run("lab", 10, 900, 130));

        assertThat(row(comparison, "acquire wait p99").measured().mean()).isCloseTo(10 * MS, within(0.1 * MS));
        assertThat(row(comparison, "waits cut off").predicted()).isEqualTo(0.1);
        assertThat(row(comparison, "waits cut off").error()).isCloseTo(0.0262, within(0.0001));
        assertThat(row(comparison, "waits cut off").within()).isFalse();
    }

    @Test
    void whereEveryWaitWasCutOffOnlyTheShareIsCompared() {
        Comparison comparison = compare(run("sim", 10, 0, 1000), run("lab", 10, 0, 1000));

        assertThat(comparison.rows()).extracting(Row::quantity).containsExactly("throughput", "waits cut off");
    }

    @Test
    void naivePredictorIsErlangCOfThePool() {
        ErlangC queue = new ErlangC(5, 3.6);
        Comparison comparison = compare(run("sim", 10, 1000, 0), run("lab", 10, 1000, 0));

        assertThat(row(comparison, "acquire wait mean").naive().value().orElseThrow())
                .isCloseTo(queue.meanWait() * 90 * MS, within(1.0));
        assertThat(row(comparison, "acquire wait p95").naive().value().orElseThrow())
                .isCloseTo(queue.waitQuantile(0.95) * 90 * MS, within(1.0));
        assertThat(comparison.contested()).isEqualTo(4);
    }

    @Test
    void nearerToTheMeasurementBeatsTheNaivePredictor() {
        assertThat(row(compare(run("sim", 11, 1000, 0), run("lab", 10, 1000, 0)), "acquire wait mean")
                        .beatsNaive())
                .contains(true);
        assertThat(row(compare(run("sim", 300, 1000, 0), run("lab", 10, 1000, 0)), "acquire wait mean")
                        .beatsNaive())
                .contains(false);
    }

    @Test
    void fromFiveRepeatsOnTheEndsAreTheIntervalOfStudent() {
        // Mean 3, deviation 1.5811, t(4) = 2.776: 3 ± 1.963.
        Comparison.Measured five = Interval.of(1, 2, 3, 4, 5);
        assertThat(five.low()).isCloseTo(1.037, within(0.001));
        assertThat(five.high()).isCloseTo(4.963, within(0.001));
        assertThat(five.isInterval()).isTrue();

        Comparison.Measured four = Interval.of(1, 2, 3, 4);
        assertThat(four.low()).isEqualTo(1);
        assertThat(four.high()).isEqualTo(4);
        assertThat(four.isInterval()).isFalse();
    }

    @Test
    void hundredRepeatsUseThePointForThirty() {
        double[] many = new double[100];
        for (int i = 0; i < many.length; i++) {
            many[i] = i % 2;
        }
        assertThat(Interval.of(many).high()).isCloseTo(0.5 + 2.042 * 0.05025, within(0.001));
    }

    @Test
    void runsOfAnotherPlanAreRefused() {
        RunRecord sim = run("sim", 10, 1000, 0);
        Plan other = PLAN.withLoads(List.of());
        assertThatThrownBy(() -> PredictionComparison.compare(other, sim, List.of(sim)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be " + other.digest());
    }

    private static Comparison compare(RunRecord predicted, RunRecord... repeats) {
        return PredictionComparison.compare(PLAN, predicted, List.of(repeats));
    }

    private static Row row(Comparison comparison, String quantity) {
        return comparison.rows().stream()
                .filter(one -> one.quantity().equals(quantity))
                .findFirst()
                .orElseThrow();
    }

    /** {@code served} operations that waited so long, and {@code cut} that waited their full timeout. */
    private static RunRecord run(String source, long waitMillis, long served, long cut) {
        org.HdrHistogram.Histogram waits = Histogram.recorder();
        waits.recordValueWithCount(waitMillis * MS, served);
        waits.recordValueWithCount(TIMEOUT, cut);
        LoadResult load = new LoadResult(
                "shop/order",
                Window.WHOLE,
                served + cut,
                Map.of(Outcome.SUCCEEDED, served, Outcome.ACQUIRE_TIMEOUT, cut),
                served + cut,
                Histogram.of(waits),
                Histogram.of(waits));
        return new RunRecord(
                source,
                PLAN.recordHeader(),
                SECOND,
                List.of(),
                List.of(load),
                List.of(),
                Health.ofSimulator(List.of()));
    }

    private static Plan plan() {
        PlannedPool pool = new PlannedPool(
                "shop/main",
                "",
                Behaviour.QUEUE,
                "db",
                "db",
                "shop",
                "",
                5,
                0,
                0,
                Discipline.LIFO,
                TIMEOUT,
                SECOND,
                Topology.UNLIMITED,
                Long.MAX_VALUE,
                SECOND,
                "",
                "");
        StartupPhases startup = new StartupPhases(Stream.of("INIT")
                .map(name -> new StartupPhases.Phase(name, Duration.ofSeconds(5), List.of()))
                .toList());
        PlannedService shop = new PlannedService(
                "shop", 1, List.of(new PlannedProcess("main", 1, 100)), List.of(pool), startup, List.of(List.of()));
        Borrow borrow = new Borrow(
                "shop/main",
                1,
                false,
                new Distribution.Exponential(Duration.ofMillis(80)),
                Distribution.constant(Duration.ofMillis(10)),
                0);
        PlannedLoad load = new PlannedLoad(
                "shop/order",
                "shop",
                "shop/order",
                List.of(
                        new RateSegment(25 * SECOND, 30),
                        new RateSegment(35 * SECOND, 55),
                        new RateSegment(99 * SECOND, 0)),
                List.of(borrow),
                2 * SECOND,
                0,
                Backoff.NONE);
        return new Plan(
                new Plan.Header("shop", "", "queueing", 7, 1, 10 * SECOND, 35 * SECOND),
                new Topology(
                        List.of(), List.of(), List.of(), List.of(shop), new PlannedPlatform(SECOND, SECOND, SECOND)),
                List.of(load),
                List.of(),
                List.of(),
                new Plan.Notes(List.of(), List.of(), List.of()));
    }
}
