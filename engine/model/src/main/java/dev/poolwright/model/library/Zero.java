package dev.poolwright.model.library;

import java.util.List;
import java.util.Optional;

/** What the numbers 0 and -1 mean to each library: they have no common meaning ("Theory and facts", 3). */
final class Zero {

    /** For these versions, from (included) and below (excluded); empty does not bind. */
    private record Row(String library, String from, String below, String setting, long number, String meaning) {}

    static final String NO_BOUND = "no bound on connections";
    private static final String EVER = "callers wait for ever";

    private static final List<Row> ROWS = List.of(
            new Row("sqlalchemy", "1.4", "", "size", 0, NO_BOUND),
            new Row("sqlalchemy", "", "1.4", "size", 0, "nothing is kept, max_overflow alone is the bound"),
            new Row("sqlalchemy", "", "", "overflow", -1, NO_BOUND),
            new Row("database/sql", "", "", "size", 0, NO_BOUND),
            new Row("django", "", "", "acquire_timeout", 0, "refused at once unless a connection is free"),
            new Row("hikaricp", "", "", "acquire_timeout", 0, EVER + " (2147483647 ms)"),
            new Row("hikaricp", "", "", "max_lifetime", 0, "connections are never replaced"),
            new Row("agroal", "", "", "acquire_timeout", 0, EVER),
            new Row("c3p0", "", "", "acquire_timeout", 0, EVER),
            new Row("dbcp2", "", "", "acquire_timeout", -1, EVER),
            new Row("druid", "", "", "acquire_timeout", -1, EVER),
            new Row("druid", "", "", "acquire_timeout", 0, EVER),
            new Row("tomcat-jdbc", "", "", "acquire_timeout", -1, EVER),
            new Row("quarkus", "", "", "acquire_timeout", 0, EVER),
            new Row("typeorm", "", "", "acquire_timeout", 0, EVER),
            new Row("dbcp2", "", "", "size", -1, NO_BOUND),
            new Row("pg", "", "", "acquire_timeout", 0, EVER),
            new Row("pg", "", "", "size", 0, "the default of 10"),
            new Row("prisma", "7", "", "acquire_timeout", 0, EVER),
            new Row("prisma", "", "7", "acquire_timeout", 0, EVER),
            new Row("vertx", "", "", "waiters", -1, "no bound on waiting callers"),
            new Row("mysql2", "", "", "waiters", 0, "no bound on waiting callers"),
            new Row("psycopg_pool", "", "", "waiters", 0, "no bound on waiting callers"));

    private Zero() {}

    static Optional<String> meaning(String library, String version, String setting, long number) {
        return ROWS.stream()
                .filter(row -> row.library().equals(library)
                        && row.setting().equals(setting)
                        && row.number() == number
                        && LibraryVersion.inside(version, row.from(), row.below()))
                .map(Row::meaning)
                .findFirst();
    }
}
