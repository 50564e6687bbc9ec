package dev.poolwright.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.verdict.Judge;
import dev.poolwright.policy.Clock;
import org.junit.jupiter.api.Test;

/** A run must be cheap enough to be made a dozen times for one verdict; the bound is loose, the figures are printed. */
class SpeedTest {

    @Test
    void aRunOfTenThousandOperationsTakesWellUnderASecond() {
        var plan = ConnectorScalingTest.plans(10).plan();
        long events = 0;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long begin = Clock.system().nanos();
            Run run = new Run(plan);
            run.go();
            long took = Clock.system().nanos() - begin;
            if (i == 0) {
                System.out.printf("first run %.1f ms%n", took / 1e6);
            }
            least = Math.min(least, took);
            events = run.eventCount();
        }
        System.out.printf(
                "warm run %.1f ms, %d events, %.2f million events/s%n", least / 1e6, events, events * 1e3 / least);
        var chain = Judge.judge(Simulator.run(plan), plan).chain();
        long begin = Clock.system().nanos();
        ChainProof.prove(plan, chain);
        System.out.printf(
                "proof of a chain of %d links %.1f ms%n",
                chain.joints().size(), (Clock.system().nanos() - begin) / 1e6);
        assertThat(least).isLessThan(1_000_000_000L);
    }
}
