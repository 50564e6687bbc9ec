package dev.poolwright.model.run;

import dev.poolwright.model.fleet.Objective.Window;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of one load in one window; an operation belongs to the window of its intended moment.
 *
 * @param load {@code service/load}
 * @param offered operations that were to begin
 * @param outcomes how they ended; sums to {@code offered}
 * @param attempts borrows tried, retries included
 * @param acquireWait from asking for a connection to getting it or giving up; a timeout counts with its full wait
 * @param latency from the intended moment to the end, whatever the outcome
 */
public record LoadResult(
        String load,
        Window window,
        long offered,
        Map<Outcome, Long> outcomes,
        long attempts,
        Histogram acquireWait,
        Histogram latency) {

    public LoadResult {
        Map<Outcome, Long> copy = new EnumMap<>(Outcome.class);
        copy.putAll(outcomes);
        outcomes = Collections.unmodifiableMap(copy);
        long sum = outcomes.values().stream().mapToLong(Long::longValue).sum();
        if (sum != offered) {
            throw new IllegalArgumentException("load " + load + " " + window + ": outcomes sum to " + sum
                    + ", offered = " + offered + ": every operation has exactly one outcome");
        }
    }

    public long count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /** Succeeded inside the deadline ÷ offered; 1 when nothing was offered. */
    public double success() {
        return offered == 0 ? 1 : (double) count(Outcome.SUCCEEDED) / offered;
    }

    /** How an operation ended. */
    public enum Outcome {
        SUCCEEDED,
        /** Ended, but after the caller's deadline. */
        TOO_LATE,
        /** Waited its full acquire timeout. */
        ACQUIRE_TIMEOUT,
        /** Refused at once because too many wait. */
        ACQUIRE_REFUSED,
        /** The caller's deadline passed while it waited, or it was given up by the ingress. */
        GAVE_UP,
        /** A connect failed or was refused. */
        CONNECT_FAILED,
        /** No session could be made: the pool class cannot work. */
        SESSION_FAILED,
        /** The ingress answered 503. */
        INGRESS_503,
        /** Anything else that failed, for example a connection cut in the middle. */
        ERROR,
        /** Still under way when the run ended. */
        UNFINISHED
    }
}
