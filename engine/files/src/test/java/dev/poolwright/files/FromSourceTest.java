package dev.poolwright.files;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.fact.Coverage;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service.Stack;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.policy.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A pool that is read from the source tree that the fleet file lies in. */
final class FromSourceTest {

    private static final Origin PLACE = new Origin("src/db.js", 3, 0);

    private static final Facts FACTS = new Facts(
            List.of(new DeclaredPool(
                    "src/db.js#pool",
                    new Stack("event-loop", "pg", "8.11.0", "pg", PLACE),
                    Value.known("", PLACE),
                    Map.of(
                            "max", Value.known(40L, PLACE),
                            "connectionTimeoutMillis", Value.known(2000L, PLACE)),
                    Value.unknown("not said", "the URL"),
                    DeclaredPool.Scope.PROCESS,
                    Place.MAIN,
                    PLACE)),
            Coverage.NONE);

    private static String yaml(String pool) {
        return """
                format: 1
                fleet: shop
                servers:
                  main: {engine: postgresql}
                services:
                  web:
                    pools: {main: {to: main, %s}}
                """.formatted(pool);
    }

    private static Pool main(FleetFile file) throws Problems {
        return requireNonNull(
                requireNonNull(file.fleet("").services().get("web")).pools().get("main"));
    }

    private static Pool pool(String pool) throws Problems {
        return main(FleetFile.read(Path.of("poolwright.yaml"), yaml(pool), FACTS));
    }

    @Test
    void whatIsNotWrittenHereIsReadThere() throws Problems {
        Pool pool = pool("from: src/db.js#pool");
        assertThat(pool.sizing().size()).hasToString("40");
        assertThat(pool.sizing().size().origin()).isEqualTo(PLACE);
        assertThat(pool.waiting().acquireTimeout().single()).contains(Wait.atMost(Duration.ofSeconds(2)));
        assertThat(pool.lifetimes().idleTimeout()).isInstanceOf(Value.Default.class);
        assertThat(pool.stack().library()).isEqualTo("pg");
    }

    @Test
    void whatIsWrittenHereWins() throws Problems {
        Pool pool = pool("from: src/db.js#pool, size: 7");
        assertThat(pool.sizing().size()).hasToString("7");
        assertThat(pool.sizing().size().origin().file()).isEqualTo("poolwright.yaml");
    }

    @Test
    void aNameThatTheTreeDoesNotHaveIsAProblemWithTheNearestOne() {
        assertThatThrownBy(() -> pool("from: src/database.js#pool"))
                .isInstanceOf(Problems.class)
                .hasMessageContaining("no such pool in the source: services.web.pools.main.from")
                .hasMessageContaining("write src/db.js#pool");
    }

    @Test
    void withoutAScanItIsNotKnown() throws Problems {
        Pool pool = main(FleetFile.read(Path.of("poolwright.yaml"), yaml("from: src/db.js#pool")));
        assertThat(pool.sizing().size()).isInstanceOf(Value.Unknown.class);
    }
}
