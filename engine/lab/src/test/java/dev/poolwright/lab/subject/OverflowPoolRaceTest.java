package dev.poolwright.lab.subject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.policy.Clock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The edge where permits leak in many a pool: a waiter gives up in the moment in which a connection is given back. */
@Timeout(120)
class OverflowPoolRaceTest {
    private static final int INTERLEAVINGS = 12_000;
    private static final int WAIT_NANOS = 200_000;
    private static final long SEED = Long.getLong("poolwright.seed", 20260921L);

    @Test
    void connectionGivenBackWhileAWaiterGivesUpIsNeverLost() throws Exception {
        Wires wires = new Wires();
        ExecutorService waiter = Executors.newSingleThreadExecutor();
        SplittableRandom random = new SplittableRandom(SEED);
        int served = 0;
        try (OverflowPool pool =
                new OverflowPool("race", PoolSettings.of(1, 0, Duration.ofNanos(WAIT_NANOS)), wires, Clock.system())) {
            CyclicBarrier start = new CyclicBarrier(2);
            for (int i = 0; i < INTERLEAVINGS; i++) {
                // If the last round had lost the slot, this would be refused.
                Connection held = pool.dataSource().getConnection();
                Future<Boolean> outcome = waiter.submit(() -> {
                    start.await();
                    return isServed(pool);
                });
                start.await();
                LockSupport.parkNanos(random.nextInt(2 * WAIT_NANOS));
                held.close();
                served += outcome.get(20, TimeUnit.SECONDS) ? 1 : 0;
                assertThat(pool.counts()).as("seed %d, round %d", SEED, i).isEqualTo(new Counts(0, 1, 0));
            }
        } finally {
            waiter.shutdownNow();
        }
        System.out.println("OverflowPoolRaceTest: seed " + SEED + ", " + served + " of " + INTERLEAVINGS + " served");
        assertThat(served).isPositive().isLessThan(INTERLEAVINGS);
        assertThat(wires.opened).hasValue(1);
    }

    @Test
    void manyCallersWithFailingConnectsNeverPassTheCeilingAndLeaveNothingTaken() throws Exception {
        Wires wires = new Wires();
        int callers = 12;
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        PoolSettings settings = PoolSettings.of(2, 2, Duration.ofNanos(WAIT_NANOS));
        try (OverflowPool pool = new OverflowPool("crowd", settings, wires, Clock.system())) {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                SplittableRandom random = new SplittableRandom(SEED + caller);
                work.add(() -> borrowOften(pool, wires, random));
            }
            int served = 0;
            for (Future<Integer> outcome : threads.invokeAll(work, 60, TimeUnit.SECONDS)) {
                served += outcome.get();
            }
            wires.broken = false;
            assertThat(served).isPositive();
            assertThat(wires.mostOpen.get()).isLessThanOrEqualTo(4);
            assertThat(pool.counts().inUse()).isZero();
            assertThat(pool.counts().waiting()).isZero();
            List<Connection> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(pool.dataSource().getConnection());
            }
            assertThat(pool.counts()).isEqualTo(new Counts(4, 4, 0));
            for (Connection connection : all) {
                connection.close();
            }
            assertThat(pool.counts()).isEqualTo(new Counts(0, 2, 0));
        } finally {
            threads.shutdownNow();
        }
        assertThat(wires.open).hasValue(0);
    }

    private static int borrowOften(OverflowPool pool, Wires wires, SplittableRandom random) {
        int served = 0;
        for (int i = 0; i < 1_000; i++) {
            wires.broken = random.nextInt(10) == 0;
            try (Connection connection = pool.dataSource().getConnection()) {
                if (random.nextInt(10) == 0) {
                    Wires.of(connection).spoil();
                }
                LockSupport.parkNanos(random.nextInt(100_000));
                served++;
            } catch (SQLException refused) {
                assertThat(refused.getMessage()).matches("refused|QueuePool limit of size 2 overflow .*");
            }
        }
        return served;
    }

    private static boolean isServed(OverflowPool pool) throws SQLException {
        try {
            pool.dataSource().getConnection().close();
            return true;
        } catch (SQLTransientConnectionException timedOut) {
            return false;
        }
    }
}
