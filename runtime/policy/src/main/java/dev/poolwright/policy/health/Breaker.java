package dev.poolwright.policy.health;

/**
 * Stops calls to a database that fails, and lets them back without a stampede.
 *
 * <pre>
 *                 failures ≥ least and ≥ percent of the last 10 s
 *   CLOSED ─────────────────────────────────────────────────────▶ OPEN (refuses)
 *     ▲                                                            │  its time is over
 *     │ enough probes in a row succeeded                           ▼
 *     └───────────────────────────────────────────────────── HALF_OPEN ── a probe fails ─▶ OPEN, twice as long
 *                                                   1 probe at a time, then 2, 4, 8 …
 * </pre>
 *
 * <p>Only failures that {@link SqlStates} calls the database's are to be told. Half-open admits as many probes at once as
 * have succeeded so far, and one: the load doubles with each round instead of returning at once. A probe that never
 * reports back is given up after the longest open time, so that the breaker cannot stay half-open for ever.
 * Source: the states of Nygard, "Release It!"; window and share as in resilience4j, whose least of 100 calls never trips
 * in a quiet service (FACTS 1.9).
 *
 * <p>Not thread-safe. Nothing is allocated after construction. Size: about 200 bytes.
 */
public final class Breaker {

    /** Where the breaker stands. */
    public enum State {
        /** All calls pass. */
        CLOSED,
        /** No call passes. */
        OPEN,
        /** A few calls pass, to see. */
        HALF_OPEN
    }

    /** The answer to a caller. */
    public enum Answer {
        /** Go on; its end may be reported. */
        PASS,
        /** Go on; its end must be reported. */
        PROBE,
        /** Do not call. */
        REFUSED
    }

    private static final int BUCKETS = 10;
    private static final long BUCKET_NANOS = 1_000_000_000L;

    private final BreakerSettings settings;
    private final int[] failures = new int[BUCKETS];
    private final long[] successes = new long[BUCKETS];
    private State state = State.CLOSED;
    private boolean begun;
    private int bucket;
    private long bucketEnd;
    private long until;
    private long openNanos;
    private int probing;
    private int probed;

    public Breaker(BreakerSettings settings) {
        this.settings = settings;
        this.openNanos = settings.openNanos();
    }

    /** A call is about to be made. */
    public Answer ask(long now) {
        if (state == State.CLOSED) {
            return Answer.PASS;
        }
        if (state == State.OPEN && now - until >= 0) {
            halfOpen(now);
        } else if (state == State.HALF_OPEN && now - until >= 0) {
            halfOpen(now);
        }
        if (state == State.OPEN || probing > probed) {
            return Answer.REFUSED;
        }
        probing++;
        return Answer.PROBE;
    }

    /** So many calls succeeded. While the breaker is not closed only probes count, and they are told one by one. */
    public void succeeded(long now, long count) {
        if (state == State.CLOSED) {
            advance(now);
            successes[bucket] += count;
        }
    }

    /** A probe succeeded. Does nothing when the breaker opened or closed meanwhile. */
    public void probeSucceeded(long now) {
        if (state != State.HALF_OPEN || probing == 0) {
            return;
        }
        probing--;
        probed++;
        until = now + settings.longestOpenNanos();
        if (probed >= settings.probesToClose()) {
            state = State.CLOSED;
            openNanos = settings.openNanos();
            forget(now);
        }
    }

    /** A probe ended without saying anything about the database. */
    public void probeUndecided() {
        if (state == State.HALF_OPEN && probing > 0) {
            probing--;
        }
    }

    /** A call failed by the database's doing. */
    public void failed(long now) {
        if (state == State.OPEN) {
            return;
        }
        if (state == State.HALF_OPEN) {
            openNanos = Math.min(settings.longestOpenNanos(), 2 * openNanos);
            open(now);
            return;
        }
        advance(now);
        failures[bucket]++;
        long failed = 0;
        long all = 0;
        for (int i = 0; i < BUCKETS; i++) {
            failed += failures[i];
            all += failures[i] + successes[i];
        }
        if (failed >= settings.leastFailures() && 100 * failed >= settings.failedPercent() * all) {
            open(now);
        }
    }

    /** How long until it is worth asking again, in nanoseconds; 0 when closed. */
    public long retryAfterNanos(long now) {
        return switch (state) {
            case CLOSED -> 0;
            case OPEN -> Math.max(1, until - now);
            case HALF_OPEN -> settings.openNanos();
        };
    }

    public State state() {
        return state;
    }

    private void open(long now) {
        state = State.OPEN;
        until = now + openNanos;
        probing = 0;
        probed = 0;
    }

    private void halfOpen(long now) {
        state = State.HALF_OPEN;
        until = now + settings.longestOpenNanos();
        probing = 0;
        probed = 0;
    }

    private void forget(long now) {
        for (int i = 0; i < BUCKETS; i++) {
            failures[i] = 0;
            successes[i] = 0;
        }
        bucketEnd = now + BUCKET_NANOS;
    }

    private void advance(long now) {
        if (!begun) {
            begun = true;
            bucketEnd = now + BUCKET_NANOS;
        }
        long behind = now - bucketEnd;
        if (behind < 0) {
            return;
        }
        long steps = behind / BUCKET_NANOS + 1;
        for (int i = 0; i < Math.min(steps, BUCKETS); i++) {
            bucket = (bucket + 1) % BUCKETS;
            failures[bucket] = 0;
            successes[bucket] = 0;
        }
        bucketEnd += steps * BUCKET_NANOS;
    }
}
