package dev.poolwright.lab.run;

import dev.poolwright.lab.server.Observer;
import dev.poolwright.lab.server.RunDatabase;
import dev.poolwright.lab.server.ServerSample;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.Topology.PlannedServer;
import dev.poolwright.model.run.Series;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The server's own count of the run's sessions, and of those that are at work, as it says in {@code pg_stat_activity}: what a
 * pool says of itself can be held against it. Only where the plan has one server, because the lab's plans share one. Looked at
 * every 50 ms or bin, whichever is longer, through a session of its own. One user thread; {@link #series()} after the close.
 */
final class ServerCounts implements AutoCloseable {

    private static final long SHORTEST_NANOS = 50_000_000;

    private final Plan plan;
    private final RunClock clock;
    private final long binNanos;
    private final int bins;
    private final AtomicReference<@Nullable Observer> observer = new AtomicReference<>();
    private final AtomicReference<dev.poolwright.lab.server.@Nullable Sampler> looks = new AtomicReference<>();
    private List<ServerSample> samples = List.of();
    private Optional<String> trouble = Optional.empty();

    ServerCounts(Plan plan, RunClock clock, long binNanos, int bins) {
        this.plan = plan;
        this.clock = clock;
        this.binNanos = binNanos;
        this.bins = bins;
    }

    /** Opens the session. */
    void watch(RunDatabase database) {
        if (plan.topology().servers().size() == 1) {
            observer.set(Observer.open(database, clock));
        }
    }

    /** From now on; nothing when nothing is watched. */
    void start() {
        Observer watching = observer.get();
        if (watching != null) {
            long period = Math.max(SHORTEST_NANOS, binNanos);
            int most = (int) (plan.header().durationNanos() / period) + bins + 1;
            dev.poolwright.lab.server.Sampler sampler = new dev.poolwright.lab.server.Sampler(
                    watching::sample, clock, Duration.ofMillis(Math.round(period / 1e6)), most);
            looks.set(sampler);
            sampler.start();
        }
    }

    @Override
    public void close() {
        dev.poolwright.lab.server.Sampler sampler = looks.getAndSet(null);
        if (sampler != null) {
            sampler.close();
            samples = sampler.samples();
        }
        Observer watching = observer.getAndSet(null);
        if (watching != null) {
            try {
                watching.close();
            } catch (SQLException e) {
                trouble = Optional.of("the session that watched the server: " + e.getMessage());
            }
        }
    }

    /** Why the session could not be closed; after the close. */
    Optional<String> trouble() {
        return trouble;
    }

    /** Empty when nothing was seen. */
    List<Series> series() {
        if (samples.isEmpty()) {
            return List.of();
        }
        PlannedServer server = plan.topology().servers().get(0);
        long[] sessions = new long[bins];
        long[] active = new long[bins];
        int filled = 0;
        for (ServerSample sample : samples) {
            int bin = (int) Math.max(0, Math.min(bins - 1L, sample.nanos() / binNanos));
            for (int at = Math.min(filled, bin); at <= bin; at++) {
                sessions[at] = sample.run().open();
                active[at] = sample.run().active();
            }
            filled = bin + 1;
        }
        for (int at = filled; filled > 0 && at < bins; at++) {
            sessions[at] = sessions[filled - 1];
            active[at] = active[filled - 1];
        }
        return List.of(
                new Series(
                        "server/" + server.name() + "/sessions",
                        Arrays.stream(sessions).boxed().toList()),
                new Series(
                        "server/" + server.name() + "/active",
                        Arrays.stream(active).boxed().toList()));
    }
}
