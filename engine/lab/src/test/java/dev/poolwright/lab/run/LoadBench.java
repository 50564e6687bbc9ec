package dev.poolwright.lab.run;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.poolwright.lab.subject.PoolLibrary;
import dev.poolwright.lab.subject.Tasks;
import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.fleet.Work;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.PlannedLoad;
import dev.poolwright.model.run.Health;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.scenario.ArrivalPattern;
import dev.poolwright.policy.Clock;
import dev.poolwright.policy.Draws;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Not a test: {@code bench/load/run} runs it. One row at 8 and 32 clients beside pgbench, interleaved in one run; the lag of
 * an open schedule at half that rate; and the memory of 10,000 callers at once.
 */
public final class LoadBench {

    private static final Duration WARM = Duration.ofSeconds(3);
    private static final Duration MEASURED = Duration.ofSeconds(3);
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");
    private static final int CALLERS = 10_000;

    private final EmbeddedPostgres server;
    private final Clock clock = Clock.system();

    private LoadBench(EmbeddedPostgres server) {
        this.server = server;
    }

    public static void main(String[] arguments) throws Exception {
        int repeats = Integer.parseInt(arguments[0]);
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "200")
                .setServerConfig("fsync", "off")
                .start()) {
            LoadBench bench = new LoadBench(server);
            bench.tables();
            double least = Double.MAX_VALUE;
            for (int clients : new int[] {8, 32}) {
                least = Math.min(least, bench.besidePgbench(clients, repeats));
            }
            bench.openSchedule(least / 2);
            bench.callersAtOnce();
        }
    }

    private void tables() throws SQLException {
        LabTarget target = target();
        WorkTables.make(target, 1);
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table evidence (run text, stream int, sequence bigint,"
                    + " primary key (run, stream, sequence))");
        }
    }

    private double besidePgbench(int clients, int repeats) throws Exception {
        List<Double> pgbench = new ArrayList<>();
        List<Double> own = new ArrayList<>();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
        config.setMaximumPoolSize(clients);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            closedLoop(pool, clients, WARM);
            for (int i = 0; i < repeats; i++) {
                pgbench.add(pgbench(clients));
                own.add(closedLoop(pool, clients, MEASURED));
            }
        }
        double mine = median(own);
        System.out.printf(
                Locale.ROOT,
                "one row, %2d clients: pgbench %.0f/s %s, lab %.0f/s %s, ratio %.2f%n",
                clients,
                median(pgbench),
                pgbench.stream().map(Math::round).toList(),
                mine,
                own.stream().map(Math::round).toList(),
                mine / median(pgbench));
        return mine;
    }

    private double pgbench(int clients) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "pgbench",
                        "-n",
                        "-S",
                        "-M",
                        "prepared",
                        "-c",
                        "" + clients,
                        "-j",
                        "2",
                        "-T",
                        "" + MEASURED.toSeconds(),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        "" + server.getPort(),
                        "-U",
                        "postgres",
                        "postgres")
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher tps = TPS.matcher(text);
        if (process.waitFor() != 0 || !tps.find()) {
            throw new IOException("pgbench: " + text);
        }
        return Double.parseDouble(tps.group(1));
    }

    /** Borrow, one row, give back, on a thread for each client. */
    private double closedLoop(HikariDataSource pool, int clients, Duration lasts)
            throws InterruptedException, ExecutionException {
        long begin = clock.nanos();
        long end = begin + lasts.toNanos();
        ExecutorService threads = Tasks.onePerTask();
        try {
            List<Future<Long>> running = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                Draws.Stream keys = Draws.of(client).stream("bench", "key");
                running.add(threads.submit(() -> loop(pool, keys, end)));
            }
            long done = 0;
            for (Future<Long> one : running) {
                done += one.get();
            }
            return done / ((clock.nanos() - begin) / 1e9);
        } finally {
            threads.shutdownNow();
        }
    }

    private long loop(HikariDataSource pool, Draws.Stream keys, long end) throws SQLException {
        long done = 0;
        while (clock.nanos() < end) {
            try (Connection connection = pool.getConnection();
                    PreparedStatement statement =
                            connection.prepareStatement("select abalance from pgbench_accounts where aid = ?")) {
                statement.setLong(1, 1 + (long) (keys.uniform(done) * DrawnWork.ACCOUNTS));
                try (ResultSet rows = statement.executeQuery()) {
                    if (!rows.next()) {
                        throw new SQLException("no such account");
                    }
                }
                done++;
            }
        }
        return done;
    }

    private void openSchedule(double perSecond) throws Exception {
        for (double rate : new double[] {perSecond, perSecond / 4, 1_000}) {
            Plan plan = with(Plans.saturation(Duration.ZERO, rate, Duration.ofSeconds(3), Duration.ofSeconds(5)));
            run(plan.withLoads(plan.loads().stream()
                    .map(load -> load.until(Duration.ofSeconds(1).toNanos()))
                    .toList()));
            RunRecord record = run(plan);
            LoadResult whole = record.load("backend/chat", Window.WHOLE).orElseThrow();
            System.out.printf(
                    Locale.ROOT,
                    "open schedule at %.0f/s: lag p99 %.2f ms, success %.4f, generator CPU %.0f %%%n",
                    rate,
                    record.health().lagP99().toNanos() / 1e6,
                    whole.success(),
                    record.health().generatorCpu() * 100);
        }
    }

    private void callersAtOnce() throws Exception {
        Plan plan = Plans.saturation(Duration.ofSeconds(4), CALLERS, Duration.ofSeconds(1), Duration.ofSeconds(3));
        RunRecord record = run(plan);
        long waiting = record.series("pool/backend/main/waiting").orElseThrow().values().stream()
                .mapToLong(one -> one)
                .max()
                .orElse(0);
        System.out.printf(
                Locale.ROOT,
                "%d callers within a second on 5 connections: %d waited at once, memory of the process %s%n",
                record.load("backend/chat", Window.WHOLE).orElseThrow().offered(),
                waiting,
                peak());
    }

    private static String peak() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM")).findFirst().orElse("unknown");
        }
    }

    private static Plan with(Plan plan) {
        PlannedLoad load = plan.loads().get(0);
        return plan.withLoads(List.of(new PlannedLoad(
                load.name(),
                load.service(),
                load.arrivalEntity(),
                load.rates(),
                load.borrows(),
                load.deadlineNanos(),
                load.retries(),
                load.backoff(),
                new Work.OneRow(1),
                ArrivalPattern.poisson())));
    }

    private RunRecord run(Plan plan) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("poolwright-bench-");
        LabSettings settings =
                new LabSettings("1", 1_000, Map.of("backend/main", PoolChoice.of(PoolLibrary.OVERFLOW)), folder);
        LabRun run = new LabRun(
                plan, settings, target(), (service, paths, clock, notes) -> Optional.empty(), Clock.system());
        try (run) {
            run.run(share -> {});
        }
        Files.deleteIfExists(folder);
        return run.record(Health.Evidence.NOT_NEEDED, List.of());
    }

    private LabTarget target() {
        return new LabTarget(
                "1", "poolwright_bench", "127.0.0.1", server.getPort(), "postgres", "postgres", "postgres");
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
