package dev.poolwright.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.poolwright.model.fleet.Distribution;
import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.run.Histogram;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.run.LoadResult.Outcome;
import dev.poolwright.model.theory.ErlangC;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The simulator against exact queueing theory (FACTS 1.2 and 1.13). The hold has mean 100 ms, and times are told in holds.
 * The seeds are fixed; the bounds are about three half-widths of a 95 % interval for the run length, which grows as
 * 1 / (1 - rho)².
 */
class TheoryTest {

    private static final long HOLD = 100 * Plans.MILLI;

    private static LoadResult run(int connections, double rho, Distribution hold, long operations, int waiters) {
        double perSecond = rho * connections / HOLD * 1e9;
        Plans plans = Plans.of(perSecond, (long) (operations / perSecond * 1e9), hold);
        plans.size = connections;
        plans.waiters = waiters;
        plans.warmUp = (long) (operations / perSecond * 1e9 / 20);
        return Simulator.run(plans.plan()).load("app/ask", Window.WHOLE).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0.5, 1.0",
        "2, 0.8, 1.77778",
        "5, 0.8, 0.55411",
        "10, 0.8, 0.20459",
        "10, 0.9, 0.66873",
        "20, 0.9, 0.27538"
    })
    void meanWaitIsThatOfErlangC(int connections, double rho, double golden) {
        long operations = rho > 0.85 ? 1_200_000 : 500_000;
        LoadResult result = run(connections, rho, Plans.exponential(100), operations, Topology.UNLIMITED);
        assertThat(new ErlangC(connections, rho * connections).meanWait()).isCloseTo(golden, within(1e-4));
        double simulated = result.acquireWait().meanNanos() / HOLD;
        assertThat(simulated).isCloseTo(golden, within(golden * (rho > 0.85 ? 0.08 : 0.05)));
    }

    @ParameterizedTest
    @CsvSource({"1, 0.8, 0.8", "10, 0.8, 0.409180", "20, 0.9, 0.550769"})
    void shareThatWaitsIsThatOfErlangC(int connections, double rho, double golden) {
        LoadResult result = run(connections, rho, Plans.exponential(100), 600_000, Topology.UNLIMITED);
        long count = result.acquireWait().count();
        long atOnce = result.acquireWait().bins().stream()
                .filter(bin -> bin.nanos() == 0)
                .mapToLong(Histogram.Bin::count)
                .sum();
        double simulated = 1 - (double) atOnce / count;
        assertThat(simulated).isCloseTo(golden, within(golden * 0.03));
    }

    @ParameterizedTest
    @CsvSource({"2, 0.8, 10.6606", "10, 0.8, 1.8558"})
    void p99OfTheWaitIsThatOfErlangC(int connections, double rho, double golden) {
        LoadResult result = run(connections, rho, Plans.exponential(100), 1_000_000, Topology.UNLIMITED);
        double simulated = result.acquireWait().percentileNanos(99) / (double) HOLD;
        assertThat(simulated).isCloseTo(golden, within(golden * 0.06));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.5", "0.7, 1.1667", "0.8, 2.0"})
    void constantHoldsWaitAsPollaczekAndKhinchineSay(double rho, double golden) {
        LoadResult result = run(1, rho, Plans.constant(100), 800_000, Topology.UNLIMITED);
        double simulated = result.acquireWait().meanNanos() / HOLD;
        assertThat(simulated).isCloseTo(golden, within(golden * 0.04));
    }

    /** The loss formula does not depend on the shape of the hold. */
    @Test
    void lossWithoutWaitingIsErlangBWhateverTheHold() {
        double golden = 0.121661;
        List<Distribution> holds = List.of(
                Plans.exponential(100),
                Plans.constant(100),
                new Distribution.Lognormal(Duration.ofMillis(100), Duration.ofMillis(900)));
        for (Distribution hold : holds) {
            LoadResult result = run(10, 0.8, hold, 500_000, 0);
            double simulated = (double) result.count(Outcome.ACQUIRE_REFUSED) / result.offered();
            assertThat(simulated).isCloseTo(golden, within(golden * 0.03));
        }
    }

    /** M/M/1 under processor sharing: mean time = work / (1 - rho), whatever the distribution of the work. */
    @Test
    void sharedProcessorsSlowWorkAsTheoryOfProcessorSharingSays() {
        for (Distribution work : List.of(Plans.exponential(100), Plans.constant(100))) {
            Plans plans = Plans.of(7, 40_000 * Plans.SECOND, work);
            plans.borrows.set(0, Plans.borrow(work, 1));
            plans.size = 1_000;
            plans.cores = 1;
            LoadResult result =
                    Simulator.run(plans.plan()).load("app/ask", Window.WHOLE).orElseThrow();
            double simulated = result.latency().meanNanos() / HOLD;
            assertThat(simulated).isCloseTo(1 / 0.3, within(0.05 / 0.3));
        }
    }
}
