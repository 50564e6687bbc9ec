package dev.poolwright.lab.subject;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The checks of {@link Conformance} are checked: each subject here has one fault, and one of them finds it. */
@Timeout(120)
class PlantedSubjectsTest {

    private static final PoolSettings THREE = PoolSettings.of(3, 0, Conformance.ACQUIRE);

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    /** Answers every statement by itself. */
    @Test
    void aSubjectThatFakesItsWorkIsCaught() {
        try (Planted faking = new Planted(pool("fakes"), PlantedSubjectsTest::faked)) {
            assertThatThrownBy(() -> new Conformance(server, faking, 3).neverOpensMoreThanItsLimit())
                    .hasMessageContaining("is one of the server");
        }
    }

    @Test
    void aPoolThatGivesOneConnectionToTwoCallersIsCaught() throws Exception {
        try (PoolSubject real = pool("twice");
                Connection shared = real.dataSource().getConnection();
                Planted twice = new Planted(real, () -> kept(shared))) {
            assertThatThrownBy(() -> new Conformance(server, twice, 3).neverOpensMoreThanItsLimit())
                    .hasMessageContaining("lent to one caller at a time");
        }
    }

    /** Counts who waits and what comes back, and tells nobody. */
    @Test
    void aLostWaiterIsCaught() {
        PoolSubject real = pool("forgets");
        Semaphore free = new Semaphore(3);
        AtomicInteger waiting = new AtomicInteger();
        try (Planted forgetting = new Planted(real, () -> {
            boolean must = !free.tryAcquire();
            if (must) {
                waiting.incrementAndGet();
                try {
                    new Semaphore(0).tryAcquire(2, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new SQLTransientConnectionException("nobody told me");
            }
            return returning(real.dataSource().getConnection(), free::release);
        })) {
            forgetting.waits = waiting::get;
            assertThatThrownBy(() -> new Conformance(server, forgetting, 3).handsOnWhatIsGivenBack())
                    .hasMessageContaining("nobody told me");
        }
    }

    /** Now and then what is given back is lost. */
    @Test
    void aLeakedConnectionIsCaught() {
        PoolSubject real = pool("leaks");
        AtomicInteger borrows = new AtomicInteger();
        try (Planted leaking = new Planted(real, () -> {
            Connection connection = real.dataSource().getConnection();
            return borrows.incrementAndGet() == 20 ? kept(connection) : connection;
        })) {
            assertThatThrownBy(() -> new Conformance(server, leaking, 3).isWholeAfterFailures(40))
                    .hasMessageContaining("did not happen within");
        }
    }

    /** Says that it is closed, and keeps what it opened. */
    @Test
    void aCleanUpThatFailsIsCaught() throws Exception {
        PoolSubject real = pool("stays");
        Planted staying = new Planted(real, () -> real.dataSource().getConnection()) {
            @Override
            public void close() {}
        };
        assertThatThrownBy(() -> new Conformance(server, staying, 3).leavesNothingWhenClosed())
                .hasMessageContaining("did not happen within");
        real.close();
        server.awaitConnections("stays", 0);
    }

    /** Opens one for whoever asks. */
    @Test
    void aPoolThatOpensMoreThanItsLimitIsCaught() {
        try (Planted greedy = new Planted(
                pool("greedy"),
                () -> DriverManager.getConnection(
                        server.jdbcUrl() + "?ApplicationName=greedy", TestServer.USER, TestServer.PASSWORD))) {
            assertThatThrownBy(() -> new Conformance(server, greedy, 3).neverOpensMoreThanItsLimit())
                    .hasMessageContaining("open by the server's own count");
        }
    }

    private static PoolSubject pool(String name) {
        return Subjects.overflow(THREE, server.jdbcUrl(), TestServer.USER, TestServer.PASSWORD, name);
    }

    /** Giving it back does nothing. */
    private static Connection kept(Connection connection) {
        return replaced(connection, () -> {});
    }

    private static Connection returning(Connection connection, Runnable then) {
        return replaced(connection, () -> {
            connection.close();
            then.run();
        });
    }

    /** What closing does instead. */
    private interface Closing {
        void close() throws SQLException;
    }

    private static Connection replaced(Connection connection, Closing closing) {
        return (Connection) Proxy.newProxyInstance(
                PlantedSubjectsTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        closing.close();
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (java.lang.reflect.InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }

    private static final AtomicInteger FAKED = new AtomicInteger(1_000_000);

    /** Every statement has one row with one number, and no server ever sees it. */
    private static Connection faked() {
        int number = FAKED.incrementAndGet();
        return fake(Connection.class, number);
    }

    private static <T> T fake(Class<T> type, int number) {
        return type.cast(Proxy.newProxyInstance(
                PlantedSubjectsTest.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer(method.getReturnType(), number)));
    }

    private static @Nullable Object answer(Class<?> asked, int number) {
        if (asked == boolean.class) {
            return true;
        }
        if (asked == long.class) {
            return (long) number;
        }
        if (asked == int.class) {
            return number;
        }
        return asked == java.sql.Statement.class || asked == java.sql.ResultSet.class ? fake(asked, number) : null;
    }

    /** A pool with another way to lend. */
    private static class Planted implements PoolSubject {
        private final PoolSubject real;
        private final DataSource lending;
        private java.util.function.IntSupplier waits = () -> 0;

        Planted(PoolSubject real, ConnectionOpener lender) {
            this.real = real;
            this.lending = new LendingDataSource(lender);
        }

        @Override
        public DataSource dataSource() {
            return lending;
        }

        @Override
        public Counts counts() {
            Counts counts = real.counts();
            return new Counts(counts.inUse(), counts.open(), counts.waiting() + waits.getAsInt());
        }

        @Override
        public String name() {
            return real.name();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
