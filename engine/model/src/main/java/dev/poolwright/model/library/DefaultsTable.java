package dev.poolwright.model.library;

import dev.poolwright.model.fleet.Limit;
import dev.poolwright.policy.Wait;
import java.time.Duration;
import java.util.List;

/** What each library does where nothing is said ("Theory and facts", 3). One entry per library and range of versions. */
final class DefaultsTable {

    private static final Limit ALL = Limit.unlimited();
    private static final Limit NO = Limit.atMost(0);
    private static final Wait EVER = Wait.forever();

    /** For these versions, from (included) and below (excluded); empty does not bind. */
    private record Row(String library, String from, String below, PoolDefaults defaults) {}

    // Columns: size, overflow, minimum idle; acquire, connect; waiters; longest life, longest idle.
    // JDBC pools connect with pgjdbc's connectTimeout of 10 s; Prisma 6 counts 2 x cores + 1, stated for one core.
    private static final List<Row> ROWS = List.of(
            row("hikaricp", "", "", "7.1.0", n(10), NO, 10, s(30), s(10), ALL, s(1800), EVER, "HikariCP 7.1.0 source"),
            row("asyncpg", "", "", "0.31", n(10), NO, 10, EVER, s(60), ALL, EVER, s(300), "asyncpg 0.31 source"),
            row(
                    "psycopg_pool",
                    "",
                    "",
                    "3.3.1",
                    n(4),
                    NO,
                    4,
                    s(30),
                    EVER,
                    ALL,
                    s(3600),
                    s(600),
                    "psycopg_pool 3.3.1 source"),
            row("r2dbc-pool", "", "", "1.0.2", n(10), NO, 0, EVER, EVER, ALL, EVER, s(1800), "r2dbc-pool 1.0.2 source"),
            // Agroal itself has no default size: it does not start without one.
            row("agroal", "", "", "3.2.1", ALL, NO, 0, EVER, s(10), ALL, EVER, EVER, "Agroal 3.2.1 source"),
            row("quarkus", "", "", "3", n(20), NO, 0, s(5), s(10), ALL, EVER, s(300), "Quarkus datasource keys"),
            row(
                    "tomcat-jdbc",
                    "",
                    "",
                    "11.0.25",
                    n(100),
                    NO,
                    10,
                    s(30),
                    s(10),
                    ALL,
                    EVER,
                    s(60),
                    "tomcat-jdbc 11.0.25 source"),
            row(
                    "dbcp2",
                    "",
                    "",
                    "2.14.0",
                    n(8),
                    NO,
                    0,
                    EVER,
                    s(10),
                    ALL,
                    EVER,
                    EVER,
                    "Commons DBCP 2.14.0 documentation"),
            row("c3p0", "", "", "0.14.1", n(15), NO, 3, EVER, s(10), ALL, EVER, EVER, "c3p0 0.14.1 source"),
            row(
                    "vertx",
                    "",
                    "",
                    "5.1.5",
                    n(4),
                    NO,
                    0,
                    s(30),
                    s(60),
                    ALL,
                    EVER,
                    EVER,
                    "Vert.x SQL client 5.1.5 PoolOptions"),
            row("pg", "", "", "3.14", n(10), NO, 0, EVER, EVER, ALL, EVER, s(10), "node-postgres pg-pool 3.14 source"),
            row("mysql2", "", "", "3.24", n(10), NO, 0, EVER, s(10), ALL, EVER, s(60), "mysql2 3.24 package"),
            row(
                    "prisma",
                    "",
                    "7",
                    "before 7",
                    n(3),
                    NO,
                    0,
                    s(10),
                    s(5),
                    ALL,
                    EVER,
                    s(300),
                    "Prisma 6 connection documentation"),
            row(
                    "prisma",
                    "7",
                    "",
                    "from 7",
                    n(10),
                    NO,
                    0,
                    EVER,
                    EVER,
                    ALL,
                    EVER,
                    s(10),
                    "Prisma 7.10 adapter-pg package"),
            row("knex", "", "", "3.3", n(10), NO, 2, s(60), s(30), ALL, EVER, s(30), "Knex 3.3 and tarn 3.1 source"),
            row(
                    "django",
                    "",
                    "5.1",
                    "before 5.1",
                    ALL,
                    NO,
                    0,
                    EVER,
                    EVER,
                    ALL,
                    EVER,
                    EVER,
                    "Django settings: one for each thread"),
            row(
                    "django",
                    "5.1",
                    "",
                    "from 5.1",
                    n(4),
                    NO,
                    4,
                    s(30),
                    EVER,
                    ALL,
                    s(3600),
                    s(600),
                    "Django 5.1 with psycopg_pool"),
            row(
                    "npgsql",
                    "",
                    "9.0",
                    "before 9.0",
                    n(100),
                    NO,
                    0,
                    s(15),
                    s(15),
                    ALL,
                    EVER,
                    s(300),
                    "Npgsql 8 connection strings"),
            row(
                    "npgsql",
                    "9.0",
                    "",
                    "from 9.0",
                    n(100),
                    NO,
                    0,
                    s(15),
                    s(15),
                    ALL,
                    s(3600),
                    s(300),
                    "Npgsql 10.0.3 source"),
            // DruidAbstractDataSource: DEFAULT_MAX_ACTIVE_SIZE 8, DEFAULT_MAX_WAIT -1,
            // DEFAULT_MIN_EVICTABLE_IDLE_TIME_MILLIS.
            row(
                    "druid",
                    "",
                    "",
                    "1.2",
                    n(8),
                    NO,
                    0,
                    EVER,
                    s(10),
                    ALL,
                    EVER,
                    s(1800),
                    "Druid 1.2 DruidAbstractDataSource"),
            // Beyond maxconn it fails at once; what is above minconn is closed when given back.
            row(
                    "psycopg2_pool",
                    "",
                    "",
                    "2.9",
                    n(1),
                    NO,
                    1,
                    Wait.notAtAll(),
                    EVER,
                    NO,
                    EVER,
                    EVER,
                    "psycopg2 2.9 pool module: maxconn is mandatory"),
            row(
                    "postgres.js",
                    "",
                    "",
                    "3.4.9",
                    n(10),
                    NO,
                    0,
                    EVER,
                    s(30),
                    ALL,
                    s(3600),
                    EVER,
                    "postgres.js 3.4.9 source"),
            row(
                    "typeorm",
                    "",
                    "",
                    "1.1",
                    n(10),
                    NO,
                    0,
                    EVER,
                    EVER,
                    ALL,
                    EVER,
                    s(10),
                    "TypeORM 1.1: its driver's, pg 10"),
            row("sequelize", "", "", "6.37", n(5), NO, 0, s(60), EVER, ALL, EVER, s(10), "Sequelize 6.37 source"),
            row("database/sql", "", "", "", ALL, NO, 0, EVER, EVER, ALL, EVER, EVER, "Go database/sql source"));

    private DefaultsTable() {}

    static PoolDefaults of(String library, String version) {
        for (Row row : ROWS) {
            if (row.library().equals(library) && LibraryVersion.inside(version, row.from(), row.below())) {
                return row.defaults();
            }
        }
        return row("the format", "", "", "1", n(10), NO, 0, s(30), s(10), ALL, EVER, EVER, "docs/fleet-file.md")
                .defaults();
    }

    /** SQLAlchemy's differ by class: 5 + 10 where the class pools, nothing to bound it where it does not. */
    static PoolDefaults sqlAlchemy(String kind) {
        boolean pools = kind.endsWith("QueuePool");
        Limit size = pools || kind.equals("SingletonThreadPool") ? n(5) : kind.equals("NullPool") ? ALL : n(1);
        return new PoolDefaults(
                "sqlalchemy",
                "2.0",
                size,
                pools ? n(10) : NO,
                0,
                s(30),
                s(60),
                ALL,
                EVER,
                EVER,
                "SQLAlchemy 2.0.52 pool documentation; asyncpg 0.31 connect timeout");
    }

    private static Row row(
            String library,
            String from,
            String below,
            String versions,
            Limit size,
            Limit overflow,
            int minimumIdle,
            Wait acquire,
            Wait connect,
            Limit waiters,
            Wait life,
            Wait idle,
            String source) {
        return new Row(
                library,
                from,
                below,
                new PoolDefaults(
                        library, versions, size, overflow, minimumIdle, acquire, connect, waiters, life, idle, source));
    }

    private static Limit n(long count) {
        return Limit.atMost(count);
    }

    private static Wait s(long seconds) {
        return Wait.atMost(Duration.ofSeconds(seconds));
    }
}
