package dev.poolwright.model.derive;

import dev.poolwright.model.fleet.Limit;
import dev.poolwright.policy.Wait;
import java.time.Duration;
import java.util.Set;

/** What numbers of a configuration mean as limits and waits. */
final class Limits {

    /** Libraries whose callers do not wait at all where the acquire timeout is 0; the others then wait for ever. */
    static final Set<String> AT_ONCE =
            Set.of("sqlalchemy", "psycopg_pool", "django", "psycopg2_pool", "r2dbc-pool", "dbcp2", "knex", "sequelize");

    /** A time beyond this is no limit; it also keeps nanoseconds inside a long. */
    private static final long LONGEST = Duration.ofDays(36_500).toMillis();

    private static final long MOST = 1_000_000_000;

    private Limits() {}

    /** In milliseconds; 0 and less are no limit. */
    static Wait time(long millis) {
        return millis <= 0 || millis >= LONGEST ? Wait.forever() : Wait.atMost(Duration.ofMillis(millis));
    }

    /** SQLAlchemy's -1 is no limit. */
    static Limit overflow(long count) {
        return count < 0 ? Limit.unlimited() : Limit.atMost(Math.min(count, MOST));
    }

    /** 0 and less are no limit. */
    static Limit waiters(long count) {
        return count <= 0 ? Limit.unlimited() : Limit.atMost(Math.min(count, MOST));
    }
}
