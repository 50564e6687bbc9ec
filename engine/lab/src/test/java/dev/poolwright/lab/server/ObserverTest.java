package dev.poolwright.lab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class ObserverTest {

    @Test
    void countsTheSubjectsByWhatTheyDoAndLeavesTheLabOut() throws Exception {
        try (RunDatabase database = Shared.database(Shared.server(), Shared.name());
                Observer observer = Observer.open(database, Shared.CLOCK);
                Connection idle = open(database, "a");
                Connection inTransaction = open(database, "b")) {
            inTransaction.setAutoCommit(false);
            Sql.run(inTransaction, "select 1");
            assertThat(idle.isValid(1)).isTrue();
            ServerSample sample = observer.sample();
            assertThat(sample.run()).isEqualTo(new ServerSample.Sessions(2, 0, 1, 1));
            assertThat(sample.byApplication())
                    .containsOnlyKeys(
                            database.run().subject("a"), database.run().subject("b"))
                    .containsEntry(database.run().subject("b"), new ServerSample.Sessions(1, 0, 0, 1));
            assertThat(sample.maxConnections()).isEqualTo(Shared.MAX_CONNECTIONS);
            // Two subjects, the keeper, the observer; what other tests just closed may still be seen.
            assertThat(sample.serverTotal()).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void isCountedOnWhenThePoolUnderTestHasAllTheSlotsThatAreLeft() throws Exception {
        EmbeddedServer server = LabServer.embedded(new EmbeddedSettings(Shared.name(), 10, Shared.HOME), Shared.CLOCK);
        try (server) {
            RunDatabase database = Shared.database(server, Shared.name());
            try (database;
                    Observer observer = Observer.open(database, Shared.CLOCK)) {
                Connection[] all = new Connection[5];
                for (int i = 0; i < all.length; i++) {
                    all[i] = open(database, "pool");
                }
                assertThatThrownBy(() -> open(database, "pool"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("53300"));
                assertThat(observer.sample().run().open()).isEqualTo(5);
            }
        }
    }

    @Test
    void looksAgainThroughANewSessionAfterItsOwnBroke() throws Exception {
        try (RunDatabase database = Shared.database(Shared.server(), Shared.name());
                Observer observer = Observer.open(database, Shared.CLOCK)) {
            Shared.admin("select pg_terminate_backend(pid) from pg_stat_activity where application_name = '"
                    + database.run().observer() + "'");
            assertThatThrownBy(observer::sample).isInstanceOf(SQLException.class);
            assertThat(observer.sample().run().open()).isZero();
        }
    }

    @Test
    void samplesAtEachPeriodCountsWhatIsLateAndKeepsTheLatest() {
        AtomicLong now = new AtomicLong(1_000);
        ServerSample.Sessions none = ServerSample.Sessions.NONE;
        Sampler.Look look = () -> {
            if (now.get() == 1_000 + 4_000_000) {
                throw new SQLException("away");
            }
            return new ServerSample(now.get(), 40, 0, none, Map.of());
        };
        try (Sampler sampler = new Sampler(look, now::get, Duration.ofMillis(1), 2)) {
            for (int millis : new int[] {0, 0, 1, 4, 5}) {
                now.set(1_000 + millis * 1_000_000L);
                sampler.tick();
            }
            assertThat(sampler.tally()).isEqualTo(new Sampler.Tally(3, 1, 2, 1));
            assertThat(sampler.samples()).extracting(ServerSample::nanos).containsExactly(1_001_000L, 5_001_000L);
        }
    }

    @Test
    void samplesByItselfOnceStarted() throws Exception {
        try (RunDatabase database = Shared.database(Shared.server(), Shared.name());
                Observer observer = Observer.open(database, Shared.CLOCK);
                Sampler sampler = new Sampler(observer::sample, Shared.CLOCK, Duration.ofMillis(20), 100)) {
            sampler.start();
            assertThat(Shared.soon(() -> sampler.samples().size() >= 3)).isTrue();
        }
    }

    private static Connection open(RunDatabase database, String subject) throws SQLException {
        return database.url().open(database.run().subject(subject), Duration.ofSeconds(5));
    }
}
