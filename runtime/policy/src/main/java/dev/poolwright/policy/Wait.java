package dev.poolwright.policy;

import java.time.Duration;
import java.util.Objects;

/**
 * The limit on a wait. Libraries write all three with the number zero (HikariCP and c3p0 mean "for ever", a waiter bound
 * of PgBouncer means "off", others "fail at once"), so the model has no zero: it says which of the three is meant.
 */
public sealed interface Wait permits Wait.AtMost, Wait.Forever, Wait.NotAtAll {

    /** No limit. */
    static Wait forever() {
        return new Forever();
    }

    /** No waiting. */
    static Wait notAtAll() {
        return new NotAtAll();
    }

    /** Waits at most {@code limit}, which must be positive. */
    static Wait atMost(Duration limit) {
        return new AtMost(limit);
    }

    /** The length of the longest possible wait in nanoseconds; {@code Long.MAX_VALUE} stands for ever, 0 for not at all. */
    long nanos();

    /** The moment at which a wait that begins at {@code now} is given up; {@code Long.MAX_VALUE} is never. */
    default long deadline(long now) {
        long deadline = now + nanos();
        return deadline < now ? Long.MAX_VALUE : deadline;
    }

    /** A wait with a limit greater than zero. */
    record AtMost(Duration limit) implements Wait {
        public AtMost {
            Objects.requireNonNull(limit);
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException(
                        "wait = " + limit + ": must be longer than zero; no wait is NotAtAll, no limit is Forever");
            }
        }

        @Override
        public long nanos() {
            return limit.toNanos();
        }

        /** {@code 30 s}, {@code 250 ms}. */
        @Override
        public String toString() {
            return limit.toNanosPart() == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
        }
    }

    /** A wait without a limit. */
    record Forever() implements Wait {
        @Override
        public long nanos() {
            return Long.MAX_VALUE;
        }

        @Override
        public String toString() {
            return "for ever";
        }
    }

    /** No wait: what is not there at once is refused. */
    record NotAtAll() implements Wait {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public String toString() {
            return "not at all";
        }
    }
}
