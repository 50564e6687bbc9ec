package dev.poolwright.lab.server;

import dev.poolwright.policy.Clock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the server at every multiple of a period since its start and keeps the latest samples. A look that comes too
 * late is not made up for but counted. Thread-safe.
 */
public final class Sampler implements AutoCloseable {

    /** What is looked at; an {@link Observer} outside of tests. */
    @FunctionalInterface
    public interface Look {
        ServerSample take() throws SQLException;
    }

    /**
     * How it went.
     *
     * @param taken looks that gave a sample
     * @param failed looks the server did not answer
     * @param late moments that passed without a look
     * @param dropped samples taken and no longer kept, the oldest first
     */
    public record Tally(long taken, long failed, long late, long dropped) {}

    private final Look look;
    private final Clock clock;
    private final long periodNanos;
    private final int most;
    private final long begin;
    private final Deque<ServerSample> samples = new ArrayDeque<>();
    private final ScheduledExecutorService ticks;
    private long next;
    private Tally tally = new Tally(0, 0, 0, 0);

    /**
     * @param period 1 ms or more
     * @param most samples kept; 1 or more
     */
    public Sampler(Look look, Clock clock, Duration period, int most) {
        if (period.toMillis() < 1 || most < 1) {
            throw new IllegalArgumentException(
                    "period = " + period + " (allowed is 1 ms or more), most = " + most + " (allowed is 1 or more)");
        }
        this.look = look;
        this.clock = clock;
        this.periodNanos = period.toNanos();
        this.most = most;
        this.begin = clock.nanos();
        this.ticks = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "poolwright-observer");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** From now on in a thread of its own, until closed. */
    public void start() {
        // Four ticks a period: a look is at most a quarter of a period behind its moment.
        var unused = ticks.scheduleAtFixedRate(this::tick, 0, Math.max(1, periodNanos / 4), TimeUnit.NANOSECONDS);
    }

    /** Takes the sample that is due by the clock, if one is. */
    synchronized void tick() {
        long moment = (clock.nanos() - begin) / periodNanos;
        if (moment < next) {
            return;
        }
        long late = tally.late + (moment - next);
        next = moment + 1;
        try {
            samples.addLast(look.take());
            long dropped = tally.dropped;
            if (samples.size() > most) {
                samples.removeFirst();
                dropped++;
            }
            tally = new Tally(tally.taken + 1, tally.failed, late, dropped);
        } catch (SQLException e) {
            // A server that is away is what some scenarios are about: counted, and looked at again.
            tally = new Tally(tally.taken, tally.failed + 1, late, tally.dropped);
        }
    }

    /** What is kept, oldest first. */
    public synchronized List<ServerSample> samples() {
        return List.copyOf(samples);
    }

    public synchronized Tally tally() {
        return tally;
    }

    /** No further looks; one that is under way ends within its own limit. */
    @Override
    public void close() {
        ticks.shutdownNow();
    }
}
