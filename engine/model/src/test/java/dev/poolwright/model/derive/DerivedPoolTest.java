package dev.poolwright.model.derive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service.Stack;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Target;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.policy.Wait;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DerivedPoolTest {

    private static final Origin PLACE = new Origin("app/database.py", 12, 0);

    static DeclaredPool declared(String library, Map<String, Value<Object>> settings) {
        return new DeclaredPool(
                "app/database.py#engine",
                new Stack("", library, "", "", PLACE),
                Value.known("", PLACE),
                settings,
                Value.unknown("not said", "the URL"),
                DeclaredPool.Scope.PROCESS,
                Place.MAIN,
                PLACE);
    }

    private static Pool pool(String library, Object... written) {
        Map<String, Value<Object>> settings = new LinkedHashMap<>();
        for (int i = 0; i < written.length; i += 2) {
            settings.put(String.valueOf(written[i]), Value.known(written[i + 1], PLACE));
        }
        return DerivedPool.of(declared(library, settings), "main", new Target("db", "", ""));
    }

    private static String shown(Value<Wait> value) {
        Wait wait = value.single().orElseThrow();
        return wait instanceof Wait.AtMost most
                ? most.limit().toMillis() + " ms"
                : wait instanceof Wait.Forever ? "for ever" : "not at all";
    }

    @ParameterizedTest
    @CsvSource({
        "hikaricp, maximumPoolSize, 20, 20",
        "sqlalchemy, pool_size, 7, 7",
        "asyncpg, max_size, 5, 5",
        "psycopg_pool, min_size, 6, 6",
        "tomcat-jdbc, maxActive, 50, 50",
        "dbcp2, maxTotal, -1, unlimited",
        "c3p0, maxPoolSize, 30, 30",
        "c3p0, hibernate.c3p0.max_size, 30, 30",
        "druid, maxActive, 20, 20",
        "quarkus, maxSize, 16, 16",
        "r2dbc-pool, maxSize, 16, 16",
        "vertx, maxSize, 8, 8",
        "pg, max, 40, 40",
        "pg, max, 0, 10",
        "postgres.js, max, 4, 4",
        "mysql2, connectionLimit, 9, 9",
        "prisma, connection_limit, 5, 5",
        "knex, pool.max, 5, 5",
        "typeorm, poolSize, 5, 5",
        "typeorm, extra.max, 5, 5",
        "sequelize, max, 5, 5",
        "psycopg2_pool, maxconn, 12, 12"
    })
    void everyLibrarysSizeIsReadByItsOwnName(String library, String own, long written, String size) {
        assertThat(pool(library, own, written).sizing().size()).hasToString(size);
    }

    @ParameterizedTest
    @CsvSource({
        "hikaricp, connectionTimeout, 2000, 2000 ms",
        "hikaricp, connectionTimeout, 0, for ever",
        "sqlalchemy, pool_timeout, 5, 5000 ms",
        "sqlalchemy, pool_timeout, 0.5, 500 ms",
        "sqlalchemy, pool_timeout, 0, not at all",
        "psycopg_pool, timeout, 10, 10000 ms",
        "c3p0, checkoutTimeout, 3000, 3000 ms",
        "druid, maxWait, -1, for ever",
        "quarkus, acquisitionTimeout, 5S, 5000 ms",
        "quarkus, acquisitionTimeout, 7, 7000 ms",
        "r2dbc-pool, maxAcquireTime, 30s, 30000 ms",
        "r2dbc-pool, maxAcquireTime, PT30S, 30000 ms",
        "r2dbc-pool, maxAcquireTime, 250, 250 ms",
        "pg, connectionTimeoutMillis, 0, for ever",
        "prisma, pool_timeout, 10, 10000 ms",
        "sequelize, acquire, 60000, 60000 ms"
    })
    void everyLibrarysWaitIsReadInItsOwnUnit(String library, String own, String written, String wait) {
        assertThat(shown(pool(library, own, written).waiting().acquireTimeout()))
                .isEqualTo(wait);
    }

    @Test
    void theUnitsOfC3p0AreMixed() {
        Pool pool = pool("c3p0", "maxIdleTime", 60L, "maxConnectionAge", 600L);
        assertThat(shown(pool.lifetimes().idleTimeout())).isEqualTo("60000 ms");
        assertThat(shown(pool.lifetimes().maxLifetime())).isEqualTo("600000 ms");
    }

    @Test
    void whatIsNotWrittenIsTheLibrarysDefault() {
        Pool pool = pool("hikaricp", "maximumPoolSize", 20L);
        assertThat(pool.waiting().acquireTimeout()).isInstanceOf(Value.Default.class);
        assertThat(shown(pool.waiting().acquireTimeout())).isEqualTo("30000 ms");
        assertThat(pool.sizing().minimumIdle().single()).contains(20);
    }

    @Test
    void aValueKeepsItsTrailAndHowMuchIsKnownOfIt() {
        List<Step> trail = List.of(new Step("POOL_SIZE", new Origin("app/config.py", 3, 0)));
        Value<Object> either = new Value.OneOf<>(
                List.of(
                        new Value.Case<>("", Value.known(5L, PLACE, trail)),
                        new Value.Case<>("POOL_SIZE is set", Value.unknown("set at run time", "the environment"))),
                PLACE);
        Pool pool = DerivedPool.of(
                declared("sqlalchemy", Map.of("pool_size", either, "max_overflow", Value.known(3L, PLACE, trail))),
                "main",
                new Target("db", "", ""));
        assertThat(pool.sizing().size().possible()).containsExactly(Limit.atMost(5));
        assertThat(pool.sizing().size().complete()).isFalse();
        assertThat(pool.sizing().overflow().trail()).isEqualTo(trail);
    }

    @Test
    void aValueThatIsNoNumberIsNotKnown() {
        assertThat(pool("pg", "max", "${POOL_MAX}").sizing().size().possible()).isEmpty();
    }

    @Test
    void aTimeBeyondAllMeasureIsNoLimit() {
        assertThat(pool("hikaricp", "maxLifetime", 999_999_999_999_999L)
                        .lifetimes()
                        .maxLifetime()
                        .single())
                .contains(Wait.forever());
    }

    @Test
    void whatIsWrittenIsKeptInMillisecondsByTheFleetFilesName() {
        Pool pool = pool("sqlalchemy", "pool_timeout", 5L, "pool_pre_ping", true, "echo", false);
        assertThat(pool.written().keySet()).containsExactly("acquire_timeout", "validate", "echo");
        assertThat(pool.written().get("acquire_timeout")).hasToString("5000");
        assertThat(pool.lifetimes().validation()).isEqualTo(Pool.Validation.ON_BORROW);
        assertThat(pool.waiting().connectTimeout().single()).contains(Wait.atMost(Duration.ofMinutes(1)));
    }
}
