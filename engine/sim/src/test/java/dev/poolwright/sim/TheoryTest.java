package dev.poolwright.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.poolwright.model.fleet.Distribution;
import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.theory.ErlangC;
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
        System.out.printf(
                "M/M/%d rho %.2f mean wait: golden %.5f simulated %.5f%n", connections, rho, golden, simulated);
        assertThat(simulated).isCloseTo(golden, within(golden * (rho > 0.85 ? 0.08 : 0.05)));
    }
}
