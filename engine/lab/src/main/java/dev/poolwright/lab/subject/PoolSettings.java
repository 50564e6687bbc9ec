package dev.poolwright.lab.subject;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The settings of a pool under test. A library that lacks one of them refuses it ({@link Subjects}); none is corrected silently.
 *
 * @param size connections that are kept; 0 is "unlimited" and only the overflow pool has it
 * @param overflow connections opened above size and closed when given back; −1 is "unlimited" and only the overflow pool has it
 * @param acquireTimeout the limit on waiting for a connection, or {@link #FOREVER}
 * @param connectTimeout the limit on opening a connection, in whole seconds because the driver knows no finer unit
 * @param maxLifetime a connection older than this is replaced before it is lent, or {@link #FOREVER}
 * @param waiterLimit how many callers may wait; {@code Integer.MAX_VALUE} is no limit, as the libraries have none
 * @param prePing whether an idle connection is tried before it is lent
 * @param lifo whether the connection given back last is lent first
 * @param minimumIdle connections kept open although nobody uses them; 0 for none
 */
public record PoolSettings(
        int size,
        int overflow,
        Duration acquireTimeout,
        Duration connectTimeout,
        Duration maxLifetime,
        int waiterLimit,
        boolean prePing,
        boolean lifo,
        int minimumIdle) {

    /** No limit in time. */
    public static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    /** {@code connectTimeout} of pgjdbc where nothing is said. */
    private static final Duration DRIVER_CONNECT_TIMEOUT = Duration.ofSeconds(10);

    public PoolSettings {
        Objects.requireNonNull(acquireTimeout);
        Objects.requireNonNull(connectTimeout);
        Objects.requireNonNull(maxLifetime);
        List<String> problems = new ArrayList<>();
        if (size < 0) {
            problems.add("size = " + size + ": must be 0 (unlimited) or more");
        }
        if (overflow < -1) {
            problems.add("overflow = " + overflow + ": must be -1 (unlimited), 0 or more");
        }
        requireLonger(problems, "acquire timeout", acquireTimeout);
        requireLonger(problems, "max lifetime", maxLifetime);
        if (connectTimeout.getNano() != 0 || connectTimeout.getSeconds() < 1 || connectTimeout.getSeconds() > 3600) {
            problems.add("connect timeout = " + connectTimeout + ": must be whole seconds from 1 s to 3600 s");
        }
        if (waiterLimit < 1) {
            problems.add("waiter limit = " + waiterLimit + ": must be 1 or more");
        }
        if (minimumIdle < 0 || (size > 0 && minimumIdle > size)) {
            problems.add("minimum idle = " + minimumIdle + ": must be from 0 to the size, " + size);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("pool settings: " + String.join("; ", problems));
        }
    }

    /** A pool without lifetime and waiter limits, first in first out, no ping, and the driver's own 10 s to connect. */
    public static PoolSettings of(int size, int overflow, Duration acquireTimeout) {
        return new PoolSettings(
                size, overflow, acquireTimeout, DRIVER_CONNECT_TIMEOUT, FOREVER, Integer.MAX_VALUE, false, false, 0);
    }

    public PoolSettings withConnectTimeout(Duration limit) {
        return new PoolSettings(
                size, overflow, acquireTimeout, limit, maxLifetime, waiterLimit, prePing, lifo, minimumIdle);
    }

    public PoolSettings withMaxLifetime(Duration limit) {
        return new PoolSettings(
                size, overflow, acquireTimeout, connectTimeout, limit, waiterLimit, prePing, lifo, minimumIdle);
    }

    public PoolSettings withWaiterLimit(int limit) {
        return new PoolSettings(
                size, overflow, acquireTimeout, connectTimeout, maxLifetime, limit, prePing, lifo, minimumIdle);
    }

    public PoolSettings withPrePing() {
        return new PoolSettings(
                size, overflow, acquireTimeout, connectTimeout, maxLifetime, waiterLimit, true, lifo, minimumIdle);
    }

    public PoolSettings withLifo() {
        return new PoolSettings(
                size, overflow, acquireTimeout, connectTimeout, maxLifetime, waiterLimit, prePing, true, minimumIdle);
    }

    public PoolSettings withMinimumIdle(int idle) {
        return new PoolSettings(
                size, overflow, acquireTimeout, connectTimeout, maxLifetime, waiterLimit, prePing, lifo, idle);
    }

    /** Nanoseconds of a limit; {@code Long.MAX_VALUE} for {@link #FOREVER} and what is longer than 292 years. */
    static long nanos(Duration limit) {
        return limit.compareTo(Duration.ofNanos(Long.MAX_VALUE)) >= 0 ? Long.MAX_VALUE : limit.toNanos();
    }

    private static void requireLonger(List<String> problems, String name, Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            problems.add(name + " = " + limit + ": must be longer than zero; no limit is FOREVER");
        }
    }
}
