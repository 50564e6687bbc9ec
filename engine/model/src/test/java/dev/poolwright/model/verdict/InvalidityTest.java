package dev.poolwright.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.poolwright.model.run.Health;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvalidityTest {

    private static final Health GOOD = health(20, 0.7, 100, 0, List.of());

    @Test
    void aRunAtItsBoundsCounts() {
        assertThat(Invalidity.of(GOOD)).isEmpty();
        assertThat(Invalidity.isOnlyOfTheMachine(GOOD)).isFalse();
    }

    @Test
    void lagAndProcessorsAloneAreOfTheMachine() {
        Health late = health(21, 0.2, 100, 0, List.of());
        Health busy = health(1, 0.71, 100, 0, List.of());
        assertThat(Invalidity.of(late))
                .containsOnly(entry(Invalidity.GENERATOR_LATE, List.of("generator lag p99 = 21 ms: at most 20 ms")));
        assertThat(Invalidity.isOnlyOfTheMachine(late)).isTrue();
        assertThat(Invalidity.isOnlyOfTheMachine(busy)).isTrue();
    }

    @Test
    void whatElseIsWrongIsNeverOfTheMachineEvenWhenItWasBusyToo() {
        assertThat(List.of(
                        health(21, 0.2, 99, 0, List.of()),
                        health(21, 0.2, 100, 1, List.of()),
                        health(21, 0.2, 100, 0, List.of("process 7")),
                        health(1, 0.2, 99, 0, List.of())))
                .noneMatch(Invalidity::isOnlyOfTheMachine);
    }

    @Test
    void aLagJustAboveItsBoundReadsSo() {
        Health late =
                new Health(Health.Evidence.NOT_NEEDED, Duration.ofMillis(20).plusNanos(1), 0, 0, List.of(), List.of());
        assertThat(Invalidity.of(late).get(Invalidity.GENERATOR_LATE))
                .containsExactly("generator lag p99 = 21 ms: at most 20 ms");
    }

    private static Health health(long lagMillis, double cpu, long found, int restarts, List<String> leftovers) {
        return new Health(
                new Health.Evidence(true, 100, found, 0),
                Duration.ofMillis(lagMillis),
                cpu,
                restarts,
                leftovers,
                List.of());
    }
}
