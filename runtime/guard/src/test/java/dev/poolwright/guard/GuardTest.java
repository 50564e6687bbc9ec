package dev.poolwright.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.poolwright.policy.Wait;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class GuardTest {

    private final StubPool pool = new StubPool(2);
    private final List<GuardEvent> events = new CopyOnWriteArrayList<>();
    private long now = 1_000_000_000L;

    private static GuardSettings.Builder enforced() {
        return GuardSettings.builder().mode(Mode.ENFORCE).waiters(5).placeEvery(1);
    }

    /** On a clock that stands unless the test moves it, without a thread of its own. */
    private Guard guard(GuardSettings.Builder settings) {
        return new Guard(pool, settings.build(), events::add, () -> now);
    }

    private static BorrowRefusedException refusal(DataSource from) {
        return catchThrowableOfType(BorrowRefusedException.class, from::getConnection);
    }

    @Test
    void refusesAtOnceWhenNobodyMayWaitAndSaysWhyWithNumbers() throws SQLException {
        Guard guard = guard(
                enforced().waiters(0).mode(Decision.NESTED_BORROW, Mode.OFF).name("shop"));
        Connection first = guard.dataSource().getConnection();
        Connection second = guard.dataSource().getConnection();
        BorrowRefusedException refused = refusal(guard.dataSource());
        assertThat((Exception) refused).isInstanceOf(SQLTransientConnectionException.class);
        assertThat(refused.getSQLState()).isEqualTo("53P01");
        assertThat(refused.refusal()).isEqualTo(Refusal.WAITERS);
        assertThat(refused.getMessage())
                .isEqualTo("guard shop: too many callers wait (in use = 2 of 2, waiting = 0); retry after 1 ms");
        assertThat(List.of(refused.inUse(), refused.limit(), refused.waiting())).containsExactly(2, 2, 0);
        first.close();
        second.close();
        assertThat(pool.open.get()).isZero();
        assertThat(guard.snapshot().refused()).containsEntry(Refusal.WAITERS, 1L);
    }

    @Test
    void observesByDefaultAndRefusesNobody() throws SQLException {
        Guard guard = guard(GuardSettings.builder().waiters(0));
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(guard.dataSource().getConnection());
        }
        assertThat(guard.snapshot().load().inUse()).isEqualTo(5);
        assertThat(guard.snapshot().wouldHaveRefused().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(3);
        assertThat(guard.snapshot().state()).isEqualTo(Snapshot.State.SATURATED);
        for (Connection each : all) {
            each.close();
        }
        assertThat(guard.snapshot().load().inUse()).isZero();
        assertThat(guard.snapshot().state()).isEqualTo(Snapshot.State.FREE);
    }

    @Test
    void refusesWhatCannotBeDoneByTheCallersDeadline() throws SQLException {
        Guard guard = guard(enforced().mode(Decision.NESTED_BORROW, Mode.OFF));
        for (int i = 0; i < 64; i++) {
            Connection each = guard.dataSource().getConnection();
            now += 20_000_000;
            each.close();
        }
        guard.dataSource().getConnection();
        guard.dataSource().getConnection();
        Guard.Scope scope = guard.within(Duration.ofMillis(60));
        BorrowRefusedException refused = refusal(guard.dataSource());
        scope.close();
        assertThat(refused.getSQLState()).isEqualTo("53P02");
        assertThat(refused.retryAfter()).isPositive();
    }

    @Test
    void nestedBorrowIsRefusedWithBothPlacesWhenEveryHolderWaits() throws SQLException {
        Guard guard = guard(enforced());
        outerBorrow(guard);
        guard.dataSource().getConnection();
        BorrowRefusedException refused = refusal(guard.dataSource());
        assertThat(refused.getSQLState()).isEqualTo("53P03");
        assertThat(refused.getMessage())
                .contains("holds one from dev.poolwright.guard.GuardTest.nestedBorrowIsRefused")
                .contains("wants another from org.assertj");
        guard.beat();
        GuardEvent nested = only(GuardEvent.Kind.NESTED_BORROW);
        assertThat(nested.text()).contains("GuardTest.outerBorrow").contains("GuardTest.nestedBorrowIsRefused");
    }

    private static void outerBorrow(Guard guard) throws SQLException {
        guard.dataSource().getConnection();
    }

    private GuardEvent only(GuardEvent.Kind kind) {
        List<GuardEvent> found =
                events.stream().filter(event -> event.kind() == kind).toList();
        assertThat(found).as("events %s", events).hasSize(1);
        return found.get(0);
    }

    @Test
    void leakIsReportedOnceWithItsPlaceAndReclaimedOnlyOnDemand() throws SQLException {
        Guard guard = guard(enforced().leak(Duration.ofSeconds(5), 10));
        outerBorrow(guard);
        Connection honest = guard.dataSource().getConnection();
        assertThat(guard.reclaim(guard.holders().get(0).id())).isFalse();
        now += 6_000_000_000L;
        guard.beat();
        now += 1_000_000_000L;
        guard.beat();
        assertThat(events.stream().filter(event -> event.kind() == GuardEvent.Kind.LEAK_SUSPECTED))
                .hasSize(2)
                .anyMatch(event -> event.text().contains("GuardTest.outerBorrow(GuardTest.java:"));
        assertThat(guard.snapshot().load().suspects()).isEqualTo(2);
        assertThat(pool.open.get()).isEqualTo(2);
        for (Holder holder : guard.holders()) {
            assertThat(guard.reclaim(holder.id())).isTrue();
        }
        assertThat(pool.open.get()).isZero();
        assertThat(guard.snapshot().load().inUse()).isZero();
        assertThatThrownBy(honest::getSchema)
                .hasMessageContaining("reclaimed")
                .hasFieldOrPropertyWithValue("SQLState", "08003");
        honest.close();
        assertThat(guard.snapshot().load().inUse()).isZero();
    }

    @Test
    void risingFloorIsReportedAfterEightWindows() throws SQLException {
        pool.size = 30;
        Guard guard =
                guard(GuardSettings.builder().floorWindow(Duration.ofSeconds(1)).leak(Duration.ofHours(1), 0));
        for (int window = 0; window < 10; window++) {
            guard.dataSource().getConnection();
            guard.dataSource().getConnection().close();
            now += 1_000_000_001L;
            guard.beat();
        }
        assertThat(only(GuardEvent.Kind.FLOOR_RISES).text()).contains("rise by 1.00 in each window of 1000 ms");
    }

    @Test
    void connectionClosedUnderneathGivesItsPermitBack() throws SQLException {
        Guard guard = guard(enforced().leak(Duration.ofSeconds(5), 10));
        Connection lost = guard.dataSource().getConnection();
        ((GuardedConnection) lost).open().close();
        now += 6_000_000_000L;
        guard.beat();
        assertThat(guard.snapshot().load().inUse()).isZero();
        lost.close();
        assertThat(guard.snapshot().load().inUse()).isZero();
    }

    @Test
    void breakerHoldsCallsBackWhileTheDatabaseFailsAndProbesWhenItsTimeIsOver() throws SQLException {
        Guard guard = guard(enforced());
        pool.failure = new SQLException("refused", "08001");
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> guard.dataSource().getConnection()).hasMessage("refused");
        }
        BorrowRefusedException refused = refusal(guard.dataSource());
        assertThat(refused.getSQLState()).isEqualTo("53P04");
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(guard.snapshot().state()).isEqualTo(Snapshot.State.DATABASE_FAILS);
        pool.failure = null;
        now += 1_000_000_000L;
        for (int i = 0; i < 8; i++) {
            guard.dataSource().getConnection().close();
        }
        assertThat(guard.snapshot().state()).isEqualTo(Snapshot.State.FREE);
        guard.beat();
        only(GuardEvent.Kind.BREAKER_OPENED);
        only(GuardEvent.Kind.BREAKER_CLOSED);
        assertThat(guard.snapshot().load().inUse()).isZero();
    }

    @Test
    void ownSaturationAndCallersMistakesDoNotTripTheBreaker() {
        Guard guard = guard(enforced());
        for (String state : new String[] {"42601", "53P01", "57014"}) {
            assertThat(guard.report(new SQLException("no fault of the database", state)))
                    .isFalse();
        }
        assertThat(guard.report(new SQLException("timed out, no state"))).isFalse();
        assertThat(guard.snapshot().state()).isEqualTo(Snapshot.State.FREE);
    }

    @Test
    void failedCommitCountsForTheBreaker() throws SQLException {
        Guard guard = guard(enforced().breaker(1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), 1));
        Connection connection = guard.dataSource().getConnection();
        pool.failure = new SQLException("shut down", "57P01");
        assertThatThrownBy(connection::commit).hasMessage("shut down");
        assertThat(refusal(guard.dataSource()).refusal()).isEqualTo(Refusal.BREAKER);
    }

    @Test
    void retriesStayWithinTheirBudget() throws SQLException {
        Guard guard = guard(enforced().retries(100, 0));
        for (int i = 0; i < 50; i++) {
            guard.dataSource().getConnection().close();
        }
        Guard.Scope retry = guard.retry();
        int let = 0;
        for (int i = 0; i < 20; i++) {
            BorrowRefusedException refused = catchThrowableOfType(
                    BorrowRefusedException.class,
                    () -> guard.dataSource().getConnection().close());
            let += refused == null ? 1 : 0;
        }
        retry.close();
        assertThat(let).isBetween(5, 6);
        guard.dataSource().getConnection().close();
    }

    @Test
    void reservedConnectionIsThereForItsClass() throws SQLException {
        Guard guard = guard(enforced()
                .classes(new CallerClass("batch", 0, 0), new CallerClass("health", 1, 0))
                .mode(Decision.NESTED_BORROW, Mode.OFF));
        guard.dataSource("batch").getConnection();
        assertThat(refusal(guard.dataSource("batch")).refusal()).isEqualTo(Refusal.WAITERS);
        guard.dataSource("health").getConnection();
        assertThatThrownBy(() -> guard.dataSource("web"))
                .hasMessageContaining("class of callers = web: must be one of");
    }

    @Test
    void limitFollowsThePoolsSize() throws SQLException {
        Guard guard = guard(enforced().waiters(0).mode(Decision.NESTED_BORROW, Mode.OFF));
        guard.dataSource().getConnection();
        guard.dataSource().getConnection();
        assertThat(refusal(guard.dataSource()).limit()).isEqualTo(2);
        pool.size = 3;
        now += 1_000_000_000L;
        guard.beat();
        guard.dataSource().getConnection();
        assertThat(refusal(guard.dataSource()).limit()).isEqualTo(3);
    }

    @Test
    void borrowThatThePoolFailsKeepsNoPermit() throws SQLException {
        Guard guard = guard(enforced().mode(Decision.BREAKER, Mode.OFF));
        pool.failure = new SQLException("no", "08001");
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> guard.dataSource().getConnection()).hasMessage("no");
        }
        pool.beforeOpen = () -> {
            throw new IllegalStateException("a pool that throws what it should not");
        };
        assertThatThrownBy(() -> guard.dataSource().getConnection()).isInstanceOf(IllegalStateException.class);
        assertThat(guard.snapshot().load().inUse()).isZero();
        assertThat(guard.snapshot().counts().failed()).isEqualTo(11);
    }

    @Test
    void wrapperIsSeenThrough() throws SQLException {
        Guard guard = guard(enforced());
        DataSource source = guard.dataSource();
        assertThat(source.isWrapperFor(StubPool.class)).isTrue();
        assertThat(source.unwrap(StubPool.class)).isSameAs(pool);
        assertThat(source.isWrapperFor(Integer.class)).isTrue();
        assertThat(source.unwrap(Integer.class)).isEqualTo(2);
        assertThat(source.isWrapperFor(String.class)).isFalse();
        assertThat(source.getLoginTimeout()).isEqualTo(7);
        Connection connection = source.getConnection();
        assertThat(connection.isWrapperFor(StubPool.class)).isTrue();
        assertThat(connection.unwrap(StubPool.class)).isSameAs(pool);
        assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
        connection.close();
        assertThatThrownBy(() -> connection.unwrap(StubPool.class)).isInstanceOf(SQLException.class);
    }

    @Test
    void listenerThatThrowsIsCountedAndGoesNoFurther() throws SQLException {
        Guard guard = new Guard(
                pool,
                enforced().waiters(0).mode(Decision.NESTED_BORROW, Mode.OFF).build(),
                event -> {
                    throw new IllegalStateException("listener");
                },
                () -> now);
        guard.dataSource().getConnection();
        guard.dataSource().getConnection();
        refusal(guard.dataSource());
        guard.beat();
        assertThat(guard.snapshot().counts().ownFaults()).isEqualTo(1);
    }

    @Test
    void badSettingsAreRefusedWithAllProblemsAtOnce() {
        assertThatThrownBy(() -> GuardSettings.builder()
                        .limit(-1)
                        .name("")
                        .classes(new CallerClass("a", 0, -1), new CallerClass("a", -2, 1))
                        .placeEvery(0)
                        .retries(2_000, 0)
                        .breaker(0, 101, Duration.ZERO, Duration.ZERO, 0)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "limit = -1",
                        "name = ''",
                        "waiters of class a = -1",
                        "class = 'a': stands there twice",
                        "reserved of class a = -2",
                        "placeEvery = 0",
                        "retriesPerMille = 2000",
                        "breakerFailures = 0",
                        "breakerPercent = 101",
                        "breakerOpen = PT0S",
                        "breakerProbes = 0");
    }

    @Test
    void holdingBackWithoutALimitIsRefused() {
        DataSource unknown = guard(enforced()).dataSource();
        assertThatThrownBy(() -> Guard.around(unknown, enforced().build())).hasMessageContaining("set limit");
    }

    @Test
    void caughtUpByTheAcquireTimeoutOnTheRealClock() throws Exception {
        try (Guard guard = Guard.around(
                pool,
                enforced()
                        .acquireTimeout(Wait.atMost(Duration.ofMillis(30)))
                        .mode(Decision.NESTED_BORROW, Mode.OFF)
                        .build(),
                events::add)) {
            guard.dataSource().getConnection();
            guard.dataSource().getConnection();
            BorrowRefusedException refused = refusal(guard.dataSource());
            assertThat(refused.refusal()).isEqualTo(Refusal.WAITED);
            assertThat(guard.snapshot().load().waiting()).isZero();
        }
    }

    @Test
    void switchingOffLetsEverybodyThatWaitsGoOn() throws Exception {
        try (Guard guard = Guard.around(pool, enforced().name("off").build(), events::add)) {
            guard.dataSource().getConnection();
            guard.dataSource().getConnection();
            CompletableFuture<Connection> waiting = CompletableFuture.supplyAsync(() -> connection(guard));
            awaitWaiting(guard, 1);
            for (Decision decision : Decision.values()) {
                guard.mode(decision, Mode.OBSERVE);
            }
            waiting.get(30, TimeUnit.SECONDS).close();
            assertThat(guard.snapshot().load().inUse()).isEqualTo(2);
        }
    }

    @Test
    void interruptedWaiterKeepsItsFlagAndLosesNoPermit() throws Exception {
        try (Guard guard = Guard.around(pool, enforced().name("interrupt").build(), events::add)) {
            Connection first = guard.dataSource().getConnection();
            guard.dataSource().getConnection().close();
            Connection second = guard.dataSource().getConnection();
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            Thread waiter = new Thread(() -> {
                SQLException thrown = catchThrowableOfType(SQLException.class, guard.dataSource()::getConnection);
                flag.complete(Thread.currentThread().isInterrupted() && "57014".equals(thrown.getSQLState()));
            });
            waiter.start();
            awaitWaiting(guard, 1);
            waiter.interrupt();
            assertThat(flag.get(30, TimeUnit.SECONDS)).isTrue();
            first.close();
            second.close();
            assertThat(guard.snapshot().load().inUse()).isZero();
        }
    }

    private static Connection connection(Guard guard) {
        try {
            return guard.dataSource().getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitWaiting(Guard guard, int count) {
        for (int i = 0; i < 30_000 && guard.snapshot().load().waiting() != count; i++) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(guard.snapshot().load().waiting()).isEqualTo(count);
    }

    @Test
    void settingsAreSeenAndChangedThroughJmx() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("dev.poolwright:type=Guard,name=\"jmx\"");
        try (Guard guard =
                Guard.around(pool, GuardSettings.builder().name("jmx").build(), events::add)) {
            guard.dataSource().getConnection();
            assertThat(server.getAttribute(name, "InUse")).isEqualTo(1);
            server.invoke(name, "setMode", new Object[] {"WAITERS", "ENFORCE"}, new String[] {
                "java.lang.String", "java.lang.String"
            });
            server.setAttribute(name, new javax.management.Attribute("Limit", 1));
            server.invoke(name, "setWaiters", new Object[] {"default", 0}, new String[] {"java.lang.String", "int"});
            assertThat(refusal(guard.dataSource()).refusal()).isEqualTo(Refusal.WAITERS);
            assertThat(guard.settings().mode(Decision.WAITERS)).isEqualTo(Mode.ENFORCE);
        }
        assertThat(server.isRegistered(name)).isFalse();
    }

    @Test
    void guardsOfOneNameStandSideBySideInJmx() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName second = new ObjectName("dev.poolwright:type=Guard,name=\"twin-2\"");
        GuardSettings settings = GuardSettings.builder().name("twin").build();
        try (Guard first = Guard.around(pool, settings, events::add)) {
            try (Guard other = Guard.around(pool, settings, events::add)) {
                other.dataSource().getConnection();
                assertThat(server.getAttribute(second, "InUse")).isEqualTo(1);
                assertThat(first.snapshot().load().inUse()).isZero();
            }
            assertThat(server.isRegistered(second)).isFalse();
            assertThat(server.isRegistered(new ObjectName("dev.poolwright:type=Guard,name=\"twin\"")))
                    .isTrue();
        }
    }

    @Test
    void holdsOfThreadsThatBorrowOnceAreSampledToo() throws Exception {
        Guard guard = guard(GuardSettings.builder());
        for (int i = 0; i < 64; i++) {
            Thread once = new Thread(() -> {
                try {
                    Connection connection = connection(guard);
                    now += 5_000_000;
                    connection.close();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            once.start();
            once.join();
        }
        assertThat(guard.snapshot().load().expectedHoldNanos()).isEqualTo(5_000_000);
    }

    @Test
    void probeThatEndsInAFaultOfThePoolLetsTheNextOneTry() throws SQLException {
        Guard guard = guard(enforced().breaker(1, 1, Duration.ofSeconds(1), Duration.ofSeconds(60), 1));
        pool.failure = new SQLException("gone", "08006");
        assertThatThrownBy(() -> guard.dataSource().getConnection()).hasMessage("gone");
        pool.failure = null;
        now += 1_000_000_000L;
        pool.beforeOpen = () -> {
            throw new IllegalStateException("no word of the database");
        };
        assertThatThrownBy(() -> guard.dataSource().getConnection()).isInstanceOf(IllegalStateException.class);
        pool.beforeOpen = () -> {};
        guard.dataSource().getConnection().close();
        assertThat(guard.snapshot().state()).isEqualTo(Snapshot.State.FREE);
        assertThat(guard.snapshot().load().inUse()).isZero();
    }
}
