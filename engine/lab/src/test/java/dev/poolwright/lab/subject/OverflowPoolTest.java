package dev.poolwright.lab.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.policy.Clock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OverflowPoolTest {
    private static final PoolSettings ONE = PoolSettings.of(1, 0, Duration.ofMillis(20));

    private final Wires wires = new Wires();
    private final AtomicLong now = new AtomicLong();
    private final Clock clock = now::get;

    @Test
    void connectionPastItsLifetimeIsReplacedBeforeItIsLent() throws SQLException {
        try (OverflowPool pool = new OverflowPool("old", ONE.withMaxLifetime(Duration.ofMinutes(5)), wires, clock)) {
            assertThat(numberOfOne(pool)).isEqualTo(1);
            now.set(Duration.ofMinutes(5).toNanos());
            assertThat(numberOfOne(pool)).isEqualTo(1);
            now.incrementAndGet();
            assertThat(numberOfOne(pool)).isEqualTo(2);
            assertThat(wires.open).hasValue(1);
        }
    }

    @Test
    void failedPingMakesEveryOlderConnectionSuspect() throws SQLException {
        PoolSettings settings = PoolSettings.of(2, 0, Duration.ofMillis(20)).withPrePing();
        try (OverflowPool pool = new OverflowPool("ping", settings, wires, clock)) {
            Connection first = pool.dataSource().getConnection();
            pool.dataSource().getConnection().close();
            first.close();
            wires.pingFails = true;
            assertThat(numberOfOne(pool)).isEqualTo(3);
            wires.pingFails = false;
            // The second one was never pinged: it is replaced because the first one failed.
            assertThat(numberOfOne(pool)).isEqualTo(4);
            assertThat(wires.open).hasValue(2);
        }
    }

    @Test
    @SuppressWarnings("try") // closing is what is tested
    void closingAPoolEndsLentConnectionsAndRefusesWaiters() throws Exception {
        PoolSettings settings = PoolSettings.of(1, 0, Duration.ofSeconds(30));
        ExecutorService waiter = Executors.newSingleThreadExecutor();
        try (OverflowPool pool = new OverflowPool("closing", settings, wires, clock)) {
            Connection lent = pool.dataSource().getConnection();
            Future<Connection> waiting = waiter.submit(() -> pool.dataSource().getConnection());
            Polling.until(() -> pool.counts().waiting() == 1, Duration.ofSeconds(20));
            pool.close();
            assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS)).hasMessageContaining("the pool is closed");
            assertThat(wires.open).hasValue(0);
            lent.close();
            assertThat(pool.counts()).isEqualTo(new Counts(0, 0, 0));
            assertThatThrownBy(() -> pool.dataSource().getConnection()).hasMessage("the pool is closed");
        } finally {
            waiter.shutdownNow();
        }
    }

    @Test
    void waiterAboveTheLimitIsRefusedAtOnce() throws Exception {
        PoolSettings settings = PoolSettings.of(1, 0, Duration.ofSeconds(30)).withWaiterLimit(1);
        ExecutorService waiter = Executors.newSingleThreadExecutor();
        try (OverflowPool pool = new OverflowPool("bounded", settings, wires, clock)) {
            Connection lent = pool.dataSource().getConnection();
            Future<Connection> waiting = waiter.submit(() -> pool.dataSource().getConnection());
            Polling.until(() -> pool.counts().waiting() == 1, Duration.ofSeconds(20));
            assertThatThrownBy(() -> pool.dataSource().getConnection())
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessage("waiting callers = 1: the waiter limit is 1");
            lent.close();
            waiting.get(20, TimeUnit.SECONDS).close();
        } finally {
            waiter.shutdownNow();
        }
    }

    @Test
    void interruptedWaiterLeavesWithItsInterruptAndTakesNothing() throws Exception {
        PoolSettings settings = PoolSettings.of(1, 0, Duration.ofSeconds(30));
        try (OverflowPool pool = new OverflowPool("interrupted", settings, wires, clock)) {
            Connection lent = pool.dataSource().getConnection();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> pool.dataSource().getConnection())
                    .hasMessage("interrupted while waiting for a connection of interrupted");
            assertThat(Thread.interrupted()).isTrue();
            lent.close();
            assertThat(pool.counts()).isEqualTo(new Counts(0, 1, 0));
        }
    }

    @Test
    void connectionGivenBackCannotBeUsedAndGoesBackOnce() throws SQLException {
        try (OverflowPool pool = new OverflowPool("twice", ONE, wires, clock)) {
            Connection connection = pool.dataSource().getConnection();
            connection.close();
            connection.close();
            assertThat(connection.isClosed()).isTrue();
            assertThatThrownBy(connection::createStatement).hasMessage("the connection was given back to its pool");
            assertThat(pool.counts()).isEqualTo(new Counts(0, 1, 0));
        }
    }

    @Test
    void settingsThatCannotBeAreToldAllAtOnce() {
        assertThatThrownBy(() -> new PoolSettings(
                        -1, -2, Duration.ZERO, Duration.ofMillis(1500), Duration.ofSeconds(-1), 0, false, false, 0))
                .hasMessageContainingAll(
                        "size = -1",
                        "overflow = -2",
                        "acquire timeout = PT0S",
                        "connect timeout = PT1.5S",
                        "max lifetime = PT-1S",
                        "waiter limit = 0");
        assertThatThrownBy(() -> Subjects.hikari(
                        PoolSettings.of(0, 5, Duration.ofMillis(10)).withMaxLifetime(Duration.ofSeconds(5)),
                        "jdbc:postgresql://127.0.0.1:1/none",
                        "u",
                        "p",
                        "n"))
                .hasMessageContainingAll(
                        "size = 0", "overflow = 5", "acquire timeout = PT0.01S", "max lifetime = PT5S");
    }

    private static int numberOfOne(OverflowPool pool) throws SQLException {
        try (Connection connection = pool.dataSource().getConnection()) {
            return Wires.of(connection).number();
        }
    }
}
