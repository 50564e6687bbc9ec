package dev.poolwright.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.policy.Wait;
import dev.poolwright.policy.admission.Discipline;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many threads that borrow, give up, interrupt each other and close each other's connections. */
class GuardThreadsTest {

    private static final int LIMIT = 3;

    private final StubPool pool = new StubPool(LIMIT);
    private final ConcurrentLinkedQueue<Connection> left = new ConcurrentLinkedQueue<>();
    private final AtomicInteger given = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(Discipline.class)
    void permitsAreWholeAfterRacesOfTimeoutInterruptAndForeignClose(Discipline discipline) throws Exception {
        try (Guard guard = Guard.around(pool, settings(discipline, "races"), event -> {})) {
            ExecutorService threads = Executors.newFixedThreadPool(8);
            run(guard, threads, 8, 4_000);
            assertThat(pool.most.get()).isLessThanOrEqualTo(LIMIT);
        }
    }

    @Test
    void virtualThreadsWaitWithoutHoldingTheirCarriers() throws Exception {
        ExecutorService threads;
        try {
            threads = (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException before21) {
            assertThat(Runtime.version().feature()).isLessThan(21);
            return;
        }
        try (Guard guard = Guard.around(pool, settings(Discipline.FIFO, "virtual"), event -> {})) {
            run(guard, threads, 400, 40);
            assertThat(pool.most.get()).isLessThanOrEqualTo(LIMIT);
        }
    }

    @Test
    void nobodyIsStrandedWhileSettingsChangeUnderLoad() throws Exception {
        try (Guard guard = Guard.around(pool, settings(Discipline.FIFO, "changes"), event -> {})) {
            ExecutorService threads = Executors.newFixedThreadPool(6);
            Future<?> changes = threads.submit(() -> {
                SplittableRandom random = new SplittableRandom(7);
                for (int i = 0; i < 300; i++) {
                    guard.change(guard.settings().toBuilder()
                            .mode(random.nextBoolean() ? Mode.ENFORCE : Mode.OBSERVE)
                            .limit(1 + random.nextInt(4))
                            .waiters(random.nextInt(6))
                            .build());
                }
            });
            run(guard, threads, 5, 3_000);
            changes.get(60, TimeUnit.SECONDS);
        }
    }

    private static GuardSettings settings(Discipline discipline, String name) {
        return GuardSettings.builder()
                .name(name)
                .mode(Mode.ENFORCE)
                .limit(LIMIT)
                .waiters(500)
                .discipline(discipline)
                .acquireTimeout(Wait.atMost(Duration.ofSeconds(60)))
                .needHolds(0)
                .leak(Duration.ofHours(1), 0)
                .build();
    }

    private void run(Guard guard, ExecutorService threads, int tasks, int borrows) throws Exception {
        List<Future<?>> all = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            SplittableRandom random = new SplittableRandom(task);
            all.add(threads.submit(() -> {
                for (int i = 0; i < borrows; i++) {
                    borrow(guard, random);
                }
                // What the last borrow left would be waited for by the others, with nobody left to close it.
                closeLeft();
                return null;
            }));
        }
        for (Future<?> each : all) {
            each.get(120, TimeUnit.SECONDS);
        }
        closeLeft();
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(given.get()).isPositive();
        assertThat(pool.open.get()).isZero();
        assertThat(guard.snapshot().load().inUse()).isZero();
        assertThat(guard.snapshot().load().waiting()).isZero();
        assertThat(guard.snapshot().counts().ownFaults()).isZero();
    }

    private void closeLeft() throws SQLException {
        for (Connection each = left.poll(); each != null; each = left.poll()) {
            each.close();
        }
    }

    private void borrow(Guard guard, SplittableRandom random) throws SQLException {
        Connection others = left.poll();
        if (others != null) {
            others.close();
        }
        Guard.Scope scope =
                guard.within(Duration.ofNanos(random.nextInt(4) == 0 ? random.nextInt(200_000) : 60_000_000_000L));
        if (random.nextInt(40) == 0) {
            Thread.currentThread().interrupt();
        }
        try {
            Connection connection = guard.dataSource().getConnection();
            given.incrementAndGet();
            if (random.nextInt(8) == 0) {
                left.add(connection);
            } else {
                connection.close();
                if (random.nextInt(8) == 0) {
                    connection.close();
                }
            }
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isIn("53P01", "53P02", "53P03", "57014");
        } finally {
            Thread.interrupted();
            scope.close();
        }
    }
}
