package dev.poolwright.lab.server;

import dev.poolwright.policy.Clock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One embedded server for all test classes of a run, and what most of them do with it. */
final class Shared implements BeforeAllCallback {

    static final Clock CLOCK = Clock.system();
    static final Path HOME = Path.of("target", "poolwright-home").toAbsolutePath();
    static final int MAX_CONNECTIONS = 40;
    private static final AtomicInteger NAMES = new AtomicInteger();

    private static final class Holder {
        static final EmbeddedServer SERVER = start();

        private static EmbeddedServer start() {
            Leftovers.removeLocal(HOME, CLOCK).forEach(System.out::println);
            long begin = CLOCK.nanos();
            EmbeddedServer server = LabServer.embedded(new EmbeddedSettings(name(), MAX_CONNECTIONS, HOME), CLOCK);
            System.out.println("embedded server started in " + (CLOCK.nanos() - begin) / 1_000_000 + " ms");
            return server;
        }
    }

    static EmbeddedServer server() {
        return Holder.SERVER;
    }

    static RunName name() {
        return new RunName("t" + ProcessHandle.current().pid() + "_" + NAMES.incrementAndGet());
    }

    /** A session of the superuser, outside of every run. */
    static Connection admin() throws SQLException {
        return server().url().open("test", Duration.ofSeconds(10));
    }

    static void admin(String... statements) throws SQLException {
        try (Connection session = admin()) {
            Sql.run(session, statements);
        }
    }

    /** The shared server, asked by another account; its password is {@code pw}. */
    static LabServer as(String user) {
        DatabaseUrl url = server().url();
        return LabServer.at(
                new DatabaseUrl(url.host(), url.port(), url.database(), user, Optional.of(new Secret("pw")), Map.of()));
    }

    static LoadLimits limits(int connections) {
        return new LoadLimits(connections, Duration.ofSeconds(60), true);
    }

    static RunDatabase database(LabServer server, RunName run) {
        return RunDatabase.create(server, run, new GuardRails(Optional.empty()).check(server, run, limits(5)), CLOCK);
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    /** Polls, for at most 10 s. */
    static boolean soon(Condition condition) throws Exception {
        long end = CLOCK.nanos() + TimeUnit.SECONDS.toNanos(10);
        try (Connection session = admin()) {
            while (CLOCK.nanos() < end) {
                if (condition.holds()) {
                    return true;
                }
                Sql.run(session, "select pg_sleep(0.02)");
            }
        }
        return condition.holds();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Shared.class))
                .computeIfAbsent("server", key -> (AutoCloseable) () -> {
                    CleanUp cleanUp = server().stop();
                    System.out.println(
                            "embedded server stopped in " + cleanUp.took().toMillis() + " ms: " + cleanUp);
                    cleanUp.orThrow();
                });
    }
}
