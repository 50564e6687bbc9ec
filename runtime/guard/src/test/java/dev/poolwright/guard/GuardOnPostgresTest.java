package dev.poolwright.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The guard around HikariCP, on a real server. */
class GuardOnPostgresTest {

    private static final int SIZE = 3;

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void startServer() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "20")
                .start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        postgres.close();
    }

    private static HikariDataSource pool(int port) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres");
        config.setUsername("postgres");
        config.setMaximumPoolSize(SIZE);
        config.setConnectionTimeout(500);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    private static void work(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void boundedQueueServesWhoWaitsRefusesTheRestAndLeavesThePoolWhole() throws Exception {
        GuardSettings settings = GuardSettings.builder()
                .name("bounded")
                .mode(Mode.ENFORCE)
                .waiters(2)
                .build();
        try (HikariDataSource pool = pool(postgres.getPort());
                Guard guard = Guard.around(pool, settings, event -> {})) {
            assertThat(guard.snapshot().load().limit()).isEqualTo(SIZE);
            AtomicInteger served = new AtomicInteger();
            AtomicInteger refused = new AtomicInteger();
            ExecutorService threads = Executors.newFixedThreadPool(12);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                all.add(threads.submit(() -> {
                    try {
                        work(guard.dataSource(), "select pg_sleep(0.5)");
                        served.incrementAndGet();
                    } catch (BorrowRefusedException e) {
                        refused.incrementAndGet();
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get(60, TimeUnit.SECONDS);
            }
            threads.shutdown();
            assertThat(served.get() + refused.get()).isEqualTo(12);
            assertThat(served.get()).isGreaterThanOrEqualTo(SIZE + 2);
            assertThat(refused.get()).isPositive();
            assertThat(guard.snapshot().refused()).containsEntry(Refusal.WAITERS, (long) refused.get());
            assertThat(guard.snapshot().load().inUse()).isZero();
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            assertThat(pool.getHikariPoolMXBean().getThreadsAwaitingConnection())
                    .isZero();
        }
    }

    @Test
    void breakerOpensWhenTheServerIsGoneAndNotBecauseThePoolIsFull() throws Exception {
        GuardSettings settings = GuardSettings.builder()
                .name("gone")
                .mode(Decision.BREAKER, Mode.ENFORCE)
                .build();
        EmbeddedPostgres own = EmbeddedPostgres.builder().start();
        try (HikariDataSource pool = pool(own.getPort());
                Guard guard = Guard.around(pool, settings, event -> {})) {
            List<Connection> all = new ArrayList<>();
            for (int i = 0; i < SIZE; i++) {
                all.add(guard.dataSource().getConnection());
            }
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> guard.dataSource().getConnection()).hasMessageContaining("request timed out");
            }
            assertThat(guard.snapshot().state()).isEqualTo(Snapshot.State.SATURATED);
            own.close();
            for (Connection each : all) {
                each.setAutoCommit(false);
                assertThatThrownBy(() -> work(each)).isInstanceOf(SQLException.class);
                each.close();
            }
            SQLException last = new SQLException("not asked yet");
            for (int i = 0; i < 10 && !(last instanceof BorrowRefusedException); i++) {
                last = catchThrowableOfType(
                        SQLException.class, () -> guard.dataSource().getConnection());
            }
            assertThat(last.getSQLState()).isEqualTo("53P04");
            assertThat(guard.snapshot().state()).isEqualTo(Snapshot.State.DATABASE_FAILS);
            assertThat(guard.snapshot().load().inUse()).isZero();
        } finally {
            own.close();
        }
    }

    private static void work(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
        connection.commit();
    }
}
