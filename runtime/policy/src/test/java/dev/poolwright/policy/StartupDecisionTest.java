package dev.poolwright.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.policy.StartupDecision.Directive;
import dev.poolwright.policy.StartupDecision.Exit;
import dev.poolwright.policy.StartupDecision.Pause;
import dev.poolwright.policy.StartupDecision.Ready;
import dev.poolwright.policy.StartupDecision.Try;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartupDecisionTest {

    private static final long SECOND = 1_000_000_000L;

    /** S4: a limit of 75 s, tries of 35 s with 2 s between them: 35 + 2 + 35, the third cut. */
    @Test
    void theThirdTryIsCutByThePhaseLimitOf75Seconds() {
        StartupDecision decision = new StartupDecision(database(Integer.MAX_VALUE));
        assertThat(decision.begin(0)).isEqualTo(new Try(0, 0, 1, 35 * SECOND));
        assertThat(decision.failed(35 * SECOND, "connect timed out")).isEqualTo(new Pause(37 * SECOND));
        assertThat(decision.tick(37 * SECOND)).isEqualTo(new Try(0, 0, 2, 72 * SECOND));
        assertThat(decision.failed(72 * SECOND, "connect timed out")).isEqualTo(new Pause(74 * SECOND));
        assertThat(decision.tick(74 * SECOND)).isEqualTo(new Try(0, 0, 3, 75 * SECOND));
        Directive end = decision.tick(75 * SECOND);
        assertThat(end).isInstanceOfSatisfying(Exit.class, exit -> {
            assertThat(exit.code()).isEqualTo(3);
            assertThat(exit.phase()).isEqualTo("DATABASE");
            assertThat(exit.step()).isEqualTo("connect main");
            assertThat(exit.elapsedNanos()).isEqualTo(75 * SECOND);
        });
        assertThat(decision.report()).hasSize(3);
    }

    @Test
    void aFailedPhaseBlocksEveryPhaseAfterIt() {
        StartupDecision decision = new StartupDecision(database(1));
        decision.begin(0);
        assertThat(decision.failed(SECOND, "refused")).isInstanceOf(Exit.class);
        assertThat(decision.tick(500 * SECOND)).isInstanceOf(Exit.class);
        assertThat(decision.phase()).isEqualTo("DATABASE");
    }

    @Test
    void everyPhasePassedMeansReady() {
        StartupDecision decision = new StartupDecision(database(1));
        decision.begin(0);
        assertThat(decision.succeeded(SECOND)).isInstanceOf(Ready.class);
    }

    @Test
    void aSuccessThatComesAfterTheLimitIsTooLate() {
        StartupDecision decision = new StartupDecision(database(1));
        decision.begin(0);
        assertThat(decision.succeeded(75 * SECOND)).isInstanceOf(Exit.class);
    }

    @Test
    void aTryNeverOutlivesItsPhase() {
        StartupDecision decision = new StartupDecision(new StartupPhases(List.of(new StartupPhases.Phase(
                "DATABASE",
                Duration.ofSeconds(5),
                List.of(new StartupPhases.Step("connect", Wait.forever(), Backoff.NONE, 1))))));
        assertThat(decision.begin(10)).isEqualTo(new Try(0, 0, 1, 5 * SECOND + 10));
    }

    private static StartupPhases database(int tries) {
        StartupPhases.Step connect = new StartupPhases.Step(
                "connect main", Wait.atMost(Duration.ofSeconds(35)), Backoff.constant(Duration.ofSeconds(2)), tries);
        return new StartupPhases(List.of(
                new StartupPhases.Phase("DATABASE", Duration.ofSeconds(75), List.of(connect)),
                new StartupPhases.Phase("CACHE", Duration.ofSeconds(5), List.of())));
    }
}
