package dev.poolwright.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.policy.Backoff;
import dev.poolwright.policy.Clock;
import dev.poolwright.policy.StartupDecision.Exit;
import dev.poolwright.policy.StartupDecision.Ready;
import dev.poolwright.policy.StartupPhases;
import dev.poolwright.policy.StartupPhases.Phase;
import dev.poolwright.policy.StartupPhases.Step;
import dev.poolwright.policy.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StartupTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void stepsRunInOrderAndTheServiceIsReady() throws InterruptedException {
        List<String> done = new ArrayList<>();
        Startup.Result result = run(
                List.of(phase("INIT", 1), phase("DATABASE", 1)),
                List.of(List.of(() -> done.add("init")), List.of(() -> done.add("database"))));
        assertThat(result.end()).isInstanceOf(Ready.class);
        assertThat(result.exitCode()).isZero();
        assertThat(done).containsExactly("init", "database");
    }

    @Test
    void aFailedPhaseEndsWithCodeThreeAndNothingAfterItRuns() throws InterruptedException {
        AtomicInteger later = new AtomicInteger();
        StartupStep refused = () -> {
            throw new IOException("connection refused");
        };
        Startup.Result result = run(
                List.of(phase("DATABASE", 2), phase("CACHE", 1)),
                List.of(List.of(refused), List.of(later::incrementAndGet)));
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(later).hasValue(0);
        assertThat(result.report()).hasSize(2);
        assertThat(result.text()).contains("phase DATABASE", "connection refused", "exit code 3");
    }

    @Test
    void aStepThatHangsIsInterruptedAndUndoneAtItsLimit() throws InterruptedException {
        HangingStep hangs = new HangingStep();
        Step step = new Step("connect", Wait.atMost(Duration.ofMillis(50)), Backoff.constant(Duration.ofMillis(10)), 9);
        Startup.Result result =
                run(List.of(new Phase("DATABASE", Duration.ofMillis(200), List.of(step))), List.of(List.of(hangs)));
        assertThat(result.end())
                .isInstanceOfSatisfying(
                        Exit.class, exit -> assertThat(exit.reason()).isEqualTo("phase limit passed"));
        assertThat(hangs.undone).hasValue(hangs.begun.get());
        threads.shutdown();
        assertThat(threads.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        assertThat(hangs.interrupted).hasValue(hangs.begun.get());
    }

    @Test
    void aMissingStepIsRefusedBeforeAnythingRuns() {
        StartupPhases phases = new StartupPhases(List.of(phase("DATABASE", 1)));
        assertThatThrownBy(() -> new Startup(phases, List.of(), Clock.system(), threads))
                .hasMessageContaining("phase DATABASE: steps = 0: its declaration has 1");
    }

    private Startup.Result run(List<Phase> phases, List<List<StartupStep>> steps) throws InterruptedException {
        return new Startup(new StartupPhases(phases), steps, Clock.system(), threads).run();
    }

    private static Phase phase(String name, int tries) {
        Duration limit = Duration.ofSeconds(5);
        return new Phase(name, limit, List.of(new Step("step", Wait.atMost(limit), Backoff.NONE, tries)));
    }

    /** Waits for ever, and counts what is done to it. */
    private static final class HangingStep implements StartupStep {
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger interrupted = new AtomicInteger();
        private final AtomicInteger undone = new AtomicInteger();

        @Override
        public void run() throws InterruptedException {
            begun.incrementAndGet();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw e;
            }
        }

        @Override
        public void undo() {
            undone.incrementAndGet();
        }
    }
}
