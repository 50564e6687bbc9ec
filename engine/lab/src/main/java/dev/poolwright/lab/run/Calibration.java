package dev.poolwright.lab.run;

import dev.poolwright.lab.server.LabServer;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.PlannedLoad;
import dev.poolwright.model.plan.PlannedLoad.Borrow;
import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.plan.Topology.PlannedServer;
import dev.poolwright.policy.Clock;
import dev.poolwright.policy.PathSettings;
import dev.poolwright.proxy.Proxy;
import dev.poolwright.proxy.ProxySettings;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * What this machine's parts cost, measured in a run of their own before any plan: the inputs of the twin's prediction and the
 * floor below which a scaled time means nothing. Nanoseconds.
 *
 * @param connectNanos median of one connect through a proxy, authentication included
 * @param statementNanos median of an empty statement through a proxy
 * @param oversleepNanos 99th percentile of how much too long a wait of 1 ms takes
 */
public record Calibration(long connectNanos, long statementNanos, long oversleepNanos) {

    private static final int CONNECTS = 15;
    private static final int STATEMENTS = 200;

    /** Not counted: the first statements run code that is not compiled yet, and a run meets it compiled, after its rehearsal. */
    private static final int STATEMENTS_BEFORE = 200;

    private static final int SLEEPS = 200;
    private static final long MILLISECOND = 1_000_000;

    /** Measures on an idle machine; takes well under a second. */
    public static Calibration measure(LabServer server, Clock clock) throws SQLException {
        InetSocketAddress address =
                new InetSocketAddress(server.url().host(), server.url().port());
        try (Proxy proxy = Proxy.start(ProxySettings.before(address).withPath(PathSettings.unlimited()))) {
            String url = "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/"
                    + server.url().database();
            List<Long> connects = new ArrayList<>();
            List<Long> statements = new ArrayList<>();
            for (int i = 0; i < CONNECTS; i++) {
                long begin = clock.nanos();
                try (Connection connection =
                        DriverManager.getConnection(url, server.url().properties("poolwright:calibration"))) {
                    connects.add(clock.nanos() - begin);
                    if (i == CONNECTS - 1) {
                        measureStatements(connection, statements, clock);
                    }
                }
            }
            return new Calibration(
                    quantile(connects, 0.5), quantile(statements, 0.5), quantile(oversleeps(clock), 0.99));
        }
    }

    private static void measureStatements(Connection connection, List<Long> statements, Clock clock)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (int i = 0; i < STATEMENTS_BEFORE; i++) {
                statement.execute("select 1");
            }
            for (int i = 0; i < STATEMENTS; i++) {
                long begin = clock.nanos();
                statement.execute("select 1");
                statements.add(clock.nanos() - begin);
            }
        }
    }

    private static List<Long> oversleeps(Clock clock) {
        List<Long> late = new ArrayList<>();
        for (int i = 0; i < SLEEPS; i++) {
            long until = clock.nanos() + MILLISECOND;
            while (clock.nanos() < until) {
                LockSupport.parkNanos(until - clock.nanos());
            }
            late.add(clock.nanos() - until);
        }
        return late;
    }

    private static long quantile(List<Long> values, double share) {
        Collections.sort(values);
        return values.get((int) Math.min(values.size() - 1L, Math.round(share * values.size())));
    }

    /**
     * The plan as these parts execute it: the server's processors play no part, since work in the database is slept and not
     * computed, and a connect costs what it costs here. Everything else stays, so prediction and measurement are of one plan.
     */
    public Plan twin(Plan plan) {
        Topology topology = plan.topology();
        List<PlannedServer> servers = topology.servers().stream()
                .map(server -> new PlannedServer(
                        server.name(),
                        server.version(),
                        server.maxConnections(),
                        server.connections(),
                        Double.POSITIVE_INFINITY,
                        connectNanos))
                .toList();
        Topology twin =
                new Topology(servers, topology.poolers(), topology.paths(), topology.services(), topology.platform());
        List<PlannedLoad> loads = plan.loads().stream().map(Calibration::slept).toList();
        return plan.withTopology(twin).withLoads(loads);
    }

    private static PlannedLoad slept(PlannedLoad load) {
        List<Borrow> borrows = load.borrows().stream()
                .map(borrow -> new Borrow(
                        borrow.pool(), borrow.connections(), borrow.nested(), borrow.inDatabase(), borrow.outside(), 0))
                .toList();
        return load.withBorrows(borrows);
    }

    /** In milliseconds, for people. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "connect %.2f ms, statement %.2f ms, oversleep p99 %.2f ms",
                connectNanos / 1e6,
                statementNanos / 1e6,
                oversleepNanos / 1e6);
    }

    /** The shortest time that can be told from noise here: three times the costliest part of a hold. */
    Duration floor() {
        return Duration.ofNanos(3 * Math.max(statementNanos, oversleepNanos));
    }
}
