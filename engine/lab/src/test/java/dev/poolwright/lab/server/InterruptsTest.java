package dev.poolwright.lab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InterruptsTest {

    private final List<String> done = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();

    @Test
    void doesTheLastMadeFirst() {
        try (Interrupts interrupts = Interrupts.watch(lines::add, now::get)) {
            interrupts.register("server", () -> clean("server"));
            interrupts.register("database", () -> clean("database"));
            assertThat(interrupts.cleanUp()).isEqualTo("interrupted: 2 of 2 cleaned up and verified in 0 ms");
            assertThat(done).containsExactly("database", "server");
        }
    }

    @Test
    void saysWhatIsLeftAndDoesTheRestAllTheSame() {
        try (Interrupts interrupts = Interrupts.watch(lines::add, now::get)) {
            interrupts.register("server", () -> clean("server"));
            interrupts.register(
                    "database",
                    () -> new CleanUp(
                            Duration.ZERO, List.of(), List.of(new Problem("role x is still there", "drop role x"))));
            interrupts.register("sampler", () -> {
                throw new IllegalStateException("broken");
            });
            assertThat(interrupts.cleanUp())
                    .startsWith("interrupted: 1 of 3 cleaned up")
                    .contains("sampler: java.lang.IllegalStateException: broken")
                    .contains("database: [role x is still there; do: drop role x]")
                    .doesNotContain("\n");
            assertThat(done).containsExactly("server");
        }
    }

    @Test
    void doesNotWaitBeyondItsBound() {
        CountDownLatch never = new CountDownLatch(1);
        try (Interrupts interrupts = Interrupts.watch(lines::add, now::get)) {
            interrupts.register("first", () -> clean("first"));
            interrupts.register("hangs", () -> {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return CleanUp.nothing();
            });
            interrupts.register("slow", () -> {
                now.addAndGet(CleanUp.LIMIT.minusMillis(50).toNanos());
                return clean("slow");
            });
            assertThat(interrupts.cleanUp()).startsWith("interrupted: 2 of 3").contains("hangs: not done within 50 ms");
            never.countDown();
        }
    }

    @Test
    void doesNothingOnceTheRunHasEndedByItself() {
        Interrupts interrupts = Interrupts.watch(lines::add, now::get);
        interrupts.register("server", () -> clean("server"));
        interrupts.close();
        assertThat(interrupts.cleanUp()).startsWith("interrupted: 0 of 0");
        assertThat(done).isEmpty();
        assertThat(lines).isEmpty();
    }

    private CleanUp clean(String what) {
        done.add(what);
        return CleanUp.nothing();
    }
}
