package dev.poolwright.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.policy.Wait;
import dev.poolwright.policy.admission.Discipline;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random operations through the whole guard against the plainest model there is: what is open. Nothing waits for real: the
 * acquire timeout is "not at all", so a borrow that finds nothing free goes into the queue and leaves it. Replay with
 * {@code -Dpoolwright.seed=N}, printed when it fails.
 */
class GuardModelTest {

    private static final int ROUNDS = 500;
    private static final int OPERATIONS = 2_000;

    @Test
    void noPermitIsLostAndNoneGainedInAMillionRandomOperations() throws SQLException {
        long seed = Long.getLong("poolwright.seed", 20261121L);
        for (int round = 0; round < ROUNDS; round++) {
            new Round(seed + round).run();
        }
    }

    private static final class Round {
        private final long seed;
        private final SplittableRandom random;
        private final StubPool pool = new StubPool(6);
        private final Guard guard;
        private final List<Connection> open = new ArrayList<>();
        private final List<Connection> gone = new ArrayList<>();
        private long now = 1_000_000_000L;
        private int step;
        private int over;

        Round(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.guard = new Guard(pool, settings(GuardSettings.builder()), event -> throwing(), () -> now);
        }

        private void throwing() {
            if (random.nextBoolean()) {
                throw new IllegalStateException("a listener that throws");
            }
        }

        private GuardSettings settings(GuardSettings.Builder builder) {
            List<Mode> modes = List.of(Mode.values());
            for (Decision decision : Decision.values()) {
                builder.mode(decision, modes.get(random.nextInt(modes.size())));
            }
            int limit = 2 + random.nextInt(6);
            return builder.limit(limit)
                    .classes(new CallerClass("a", 0, random.nextInt(4)), new CallerClass("b", random.nextInt(2), 3))
                    .discipline(List.of(Discipline.values()).get(random.nextInt(3)))
                    .acquireTimeout(Wait.notAtAll())
                    .leak(Duration.ofMillis(50), 1)
                    .adaptive(1, Duration.ofMillis(2))
                    .breaker(3, 50, Duration.ofMillis(20), Duration.ofMillis(80), 2)
                    .placeEvery(1_000)
                    .floorWindow(Duration.ofMillis(100))
                    .build();
        }

        void run() throws SQLException {
            for (step = 0; step < OPERATIONS; step++) {
                operate();
                if (guard.snapshot().load().inUse() != open.size() || pool.open.get() != open.size()) {
                    assertThat(guard.snapshot().load().inUse()).as(where()).isEqualTo(open.size());
                    assertThat(pool.open.get()).as(where()).isEqualTo(open.size());
                }
            }
            pool.failure = null;
            for (Connection each : open) {
                each.close();
            }
            assertThat(guard.snapshot().load().inUse()).as(where()).isZero();
            assertThat(guard.snapshot().load().waiting()).as(where()).isZero();
            assertThat(over).as(where() + ": over the limit while enforced").isZero();
        }

        private void operate() throws SQLException {
            switch (random.nextInt(24)) {
                case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 -> borrow();
                case 10, 11, 12, 13, 14, 15, 16 -> close();
                case 17 -> misuse();
                case 18 -> now += random.nextInt(3) == 0 ? -random.nextInt(5_000_000) : random.nextInt(40_000_000);
                case 19 -> guard.beat();
                case 20 -> fail();
                case 21 -> closeUnderneath();
                case 22 -> reclaim();
                default -> {
                    if (random.nextInt(50) == 0) {
                        guard.change(settings(guard.settings().toBuilder()));
                    }
                }
            }
        }

        private void borrow() throws SQLException {
            Guard.Scope deadline =
                    guard.within(Duration.ofMillis(random.nextInt(3) == 0 ? random.nextInt(20) : 100_000));
            Guard.Scope retry = random.nextInt(10) == 0 ? guard.retry() : null;
            boolean heldBack = Policy.of(guard.settings()).holdsBack();
            try {
                int limit = guard.snapshot().load().limit();
                Connection made =
                        guard.dataSource(random.nextBoolean() ? "a" : "b").getConnection();
                over += heldBack && open.size() >= limit ? 1 : 0;
                open.add(made);
            } catch (BorrowRefusedException e) {
                assertThat(e.getSQLState()).as(where()).startsWith("53P0");
                assertThat(e.retryAfter()).as(where()).isGreaterThanOrEqualTo(Duration.ZERO);
            } catch (SQLException e) {
                assertThat((Object) e).as(where()).isSameAs(pool.failure);
            } finally {
                if (retry != null) {
                    retry.close();
                }
                deadline.close();
            }
        }

        private void close() throws SQLException {
            if (!open.isEmpty()) {
                Connection closing = open.remove(random.nextInt(open.size()));
                closing.close();
                if (random.nextInt(8) == 0) {
                    gone.add(closing);
                }
            }
        }

        private void misuse() throws SQLException {
            if (!gone.isEmpty()) {
                Connection used = gone.remove(random.nextInt(gone.size()));
                used.close();
                used.abort(Runnable::run);
                assertThat(used.isClosed()).as(where()).isTrue();
                assertThat(used.isValid(1)).as(where()).isFalse();
                assertThatThrownBy(used::getSchema).as(where()).isInstanceOf(SQLException.class);
            }
        }

        private void fail() {
            if (pool.failure != null) {
                pool.failure = null;
            } else if (random.nextInt(4) == 0) {
                pool.failure = new SQLException("out of order", random.nextBoolean() ? "08001" : "42601");
            }
        }

        /** Closed past the guard: its permit comes back with the next look at those that are held too long. */
        private void closeUnderneath() throws SQLException {
            if (open.isEmpty() || random.nextInt(8) > 0 || guard.settings().mode(Decision.LEAK) == Mode.OFF) {
                return;
            }
            Connection closing = open.get(random.nextInt(open.size()));
            GuardedConnection guarded = (GuardedConnection) closing;
            guarded.open().close();
            open.remove(closing);
            assertThat(guarded.endIfClosedUnderneath()).as(where()).isTrue();
            assertThat(guarded.endIfClosedUnderneath()).as(where()).isFalse();
            gone.add(closing);
        }

        private void reclaim() throws SQLException {
            for (Holder holder : guard.holders()) {
                if (guard.reclaim(holder.id())) {
                    open.removeIf(each -> ((GuardedConnection) each).isGone());
                    return;
                }
            }
        }

        private String where() {
            return "seed " + seed + " step " + step + " now " + now;
        }
    }
}
