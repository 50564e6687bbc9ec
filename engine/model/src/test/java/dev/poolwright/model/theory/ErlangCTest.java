package dev.poolwright.model.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErlangCTest {

    /** The golden values of "Theory and facts", 1.2 (mean hold 1; exact M/M/c). */
    @ParameterizedTest
    @CsvSource({
        "1, .5, .333333, .500000, 1.00000, 4.6052, 7.8240",
        "1, .8, .444444, .800000, 4.00000, 13.8629, 21.9101",
        "2, .8, .329897, .711111, 1.77778, 6.6370, 10.6606",
        "5, .8, .199067, .554113, .55411, 2.4053, 4.0148",
        "10, .5, .018385, .036105, .00722, 0, .2568",
        "10, .8, .121661, .409180, .20459, 1.0511, 1.8558",
        "10, .9, .167963, .668732, .66873, 2.5934, 4.2028",
        "10, .95, .191379, .825586, 1.65117, 5.6081, 8.8270",
        "20, .9, .109213, .550769, .27538, 1.1996, 2.0044",
        "50, .9, .054104, .363864, .07277, .3970, .7188",
        "100, .95, .048804, .506457, .10129, .4631, .7850"
    })
    void theFormulasGiveTheGoldenValues(
            int connections, double rho, double b, double c, double meanWait, double p95, double p99) {
        ErlangC queue = new ErlangC(connections, connections * rho);
        assertThat(queue.erlangB()).isCloseTo(b, within(1e-6));
        assertThat(queue.waitProbability()).isCloseTo(c, within(1e-6));
        assertThat(queue.meanWait()).isCloseTo(meanWait, within(1e-5));
        assertThat(queue.waitQuantile(0.95)).isCloseTo(p95, within(1e-4));
        assertThat(queue.waitQuantile(0.99)).isCloseTo(p99, within(1e-4));
    }

    @Test
    void aQueueThatIsAskedForMoreThanItHasHasNoBound() {
        assertThat(new ErlangC(5, 5).meanWait()).isInfinite();
        assertThat(new ErlangC(5, 6).waitProbability()).isEqualTo(1);
    }
}
