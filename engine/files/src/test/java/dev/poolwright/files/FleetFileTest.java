package dev.poolwright.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.fleet.Distribution;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Server;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.policy.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetFileTest {

    private static final Path EXAMPLES = Path.of("../../examples");

    private static final String SMALL = """
            format: 1
            fleet: small
            servers: {main: {engine: postgresql}}
            services:
              shop:
                stack: {runtime: asyncio, library: sqlalchemy, version: 2.0.30, driver: asyncpg}
                instances: 3
                processes: 4
                callers: {kind: threads, most: 200}
                pools: {main: {to: main/shop as app}}
                load: {order: {rate: 3000/min, hold: 12ms}}
                called_by: {web: {per: page}}
              web: {pools: {main: {to: main, size: unlimited}}, load: {page: {rate: 5/s, hold: 1ms}}}
            """;

    private static Fleet small(String more) throws Problems {
        return FleetFile.read(Path.of("small.yaml"), SMALL + more).fleet("");
    }

    @Test
    void whatIsNotWrittenIsWhatTheLibraryDoes() throws Problems {
        Pool pool = pool(small(""), "shop", "main");
        assertThat(pool.sizing().size()).isEqualTo(new Value.Default<>(Limit.atMost(5), "sqlalchemy", "2.0"));
        assertThat(pool.sizing().overflow().single()).contains(Limit.atMost(10));
        assertThat(pool.waiting().acquireTimeout().single()).contains(Wait.atMost(Duration.ofSeconds(30)));
        assertThat(pool.target()).hasToString("main/shop as app");
        assertThat(pool.written()).containsOnlyKeys("to");
    }

    @Test
    void shortFormsSayTheSameAsLongOnes() throws Problems {
        Service shop = service(small(""), "shop");
        assertThat(shop.instances().min().single()).contains(3);
        assertThat(shop.instances().max().single()).contains(3);
        Map<String, Service.ProcessKind> processes = shop.processes();
        assertThat(processes).containsOnlyKeys("main");
        assertThat(processes.values()).allSatisfy(kind -> {
            assertThat(kind.count().single()).contains(4);
            assertThat(kind.callers().single()).contains(Limit.atMost(200));
            assertThat(kind.callerKind()).isEqualTo("threads");
        });
        assertThat(shop.loads().values())
                .allSatisfy(load -> assertThat(load.perSecond().single()).contains(50.0));
        assertThat(shop.calledBy())
                .singleElement()
                .satisfies(call ->
                        assertThat(call.hold().inDatabase()).isEqualTo(Distribution.constant(Duration.ofMillis(5))));
    }

    @Test
    void everyValueKnowsItsLineAndColumn() throws Problems {
        Value<Limit> size = pool(small(""), "web", "main").sizing().size();
        assertThat(size.origin()).hasToString("small.yaml:13:40");
        assertThat(size.single()).contains(Limit.unlimited());
    }

    @Test
    void aValueMayBeUncertainOrReadFromTheSourceTree() throws Problems {
        Fleet fleet = small("""
                  odd:
                    instances: {min: {between: [2, 8], because: the scaler decides}, max: {unknown: nobody said}}
                    pools: {main: {to: main, from: "app/database.py#engine", overflow: 3, size: {one_of: [5, 20], because: POOL_SIZE}}}
                """);
        Service odd = service(fleet, "odd");
        assertThat(odd.instances().min().possible()).containsExactly(2, 8);
        assertThat(odd.instances().max().possible()).isEmpty();
        Pool pool = pool(fleet, "odd", "main");
        assertThat(pool.sizing().size().possible()).containsExactly(Limit.atMost(5), Limit.atMost(20));
        assertThat(pool.waiting().acquireTimeout()).isInstanceOf(Value.Unknown.class);
        assertThat(pool.sizing().overflow().single()).contains(Limit.atMost(3));
    }

    @Test
    void anEnvironmentMergesMapsAndReplacesTheRest() throws Problems {
        FleetFile file = FleetFile.read(Path.of("small.yaml"), SMALL + """
                        environments:
                          staging:
                            reason: one is enough
                            services: {shop: {instances: 1, pools: {main: {size: 2}}}}
                            endpoints: {api: "https://api.example.org"}
                          production: {services: {shop: {because: measured in May, pools: {main: {overflow: 0}}}}}
                        """);
        assertThat(file.environments()).containsExactly("staging", "production");
        Fleet staging = file.fleet("staging");
        assertThat(staging.environment()).isEqualTo("staging");
        assertThat(pool(staging, "shop", "main").sizing().size().single()).contains(Limit.atMost(2));
        assertThat(pool(staging, "shop", "main").target().at()).isEqualTo("main");
        assertThat(pool(file.fleet(""), "shop", "main").sizing().size().single())
                .contains(Limit.atMost(5));
        assertThat(file.reasons()).containsExactlyEntriesOf(Map.of("staging", "one is enough"));
        assertThat(file.endpoints("staging")).containsOnlyKeys("api");
        assertThat(file.differences("staging"))
                .extracting(FleetFile.Difference::name, FleetFile.Difference::before, FleetFile.Difference::after)
                .containsExactly(
                        tuple("services.shop.instances", "3", "1"), tuple("services.shop.pools.main.size", "", "2"));
        assertThat(file.differences("production"))
                .singleElement()
                .extracting(FleetFile.Difference::reason)
                .isEqualTo("measured in May");
        assertThatThrownBy(() -> file.fleet("stagin"))
                .isInstanceOf(Problems.class)
                .hasMessageContaining("write staging");
    }

    @Test
    void aTierGivesTheLimitsOfTheCatalogueWithTheirSource() throws Problems {
        Server server = server(tier("gcp/cloud-sql/postgresql/3.75GB"));
        assertThat(server.engine()).isEqualTo("postgresql");
        assertThat(server.limits().maxConnections().single()).contains(100);
        assertThat(server.limits().maxConnections().toString()).contains("Configure database flags", "2026-10");
        assertThat(server.limits().reserved().single()).contains(3);
        assertThat(server(tier("gcp/cloud-sql/postgresql/db-g1-small"))
                        .limits()
                        .maxConnections()
                        .single())
                .contains(50);
        assertThat(server(tier("gcp/cloud-sql/mysql/16GB"))
                        .limits()
                        .maxConnections()
                        .single())
                .contains(4000);
        assertThat(server(tier("aws/rds/postgresql/2GiB"))
                        .limits()
                        .maxConnections()
                        .possible())
                .containsExactly(191, 225);
        assertThat(server(tier("aws/aurora/postgresql/64GiB"))
                        .limits()
                        .maxConnections()
                        .single())
                .contains(5000);
        assertThat(server(tier("aws/rds/postgresql/2GiB")).limits().reserved().possible())
                .containsExactly(7, 9);
        assertThatThrownBy(() -> tier("gcp/cloud-sql/mysql/db-f1-mikro")).hasMessageContaining("db-f1-micro");
    }

    private static Fleet tier(String tier) throws Problems {
        return FleetFile.read(
                        Path.of("t.yaml"), "format: 1\nfleet: t\nservers: {main: {tier: " + tier + "}}\nservices: {}\n")
                .fleet("");
    }

    @Test
    void everythingTheFormatMustSayIsSaid() throws Problems {
        Fleet shop = FleetFile.read(EXAMPLES.resolve("shop-pgbouncer.yaml")).fleet("");
        assertThat(pool(shop, "worker", "main").use().sessionState()).containsExactly("listen", "advisory_lock");
        assertThat(shop.serverOf(pool(shop, "shop", "main").target()).map(Server::name))
                .contains("main");
        assertThat(service(shop, "shop")
                        .instances()
                        .surge()
                        .or(Service.Surge.NONE)
                        .of(8))
                .isEqualTo(2);
        assertThat(service(shop, "shop").instances().scale()).isEqualTo("cpu to 70% after 60s");
        Fleet orders = FleetFile.read(EXAMPLES.resolve("orders-reads.yaml")).fleet("");
        assertThat(pool(orders, "api", "read").use().onLost()).isEqualTo("write");
        assertThat(service(orders, "worker").processes()).containsOnlyKeys("parent", "child");
        assertThat(service(orders, "worker").instances().rollout()).isEqualTo(Service.Rollout.RECREATE);
        assertThat(service(orders, "api").loads().values())
                .anySatisfy(load -> assertThat(load.then())
                        .singleElement()
                        .satisfies(then -> assertThat(then.whileHolding()).isEqualTo("write")));
        assertThat(service(orders, "api").loads().values())
                .anySatisfy(load -> assertThat(load.hold().inDatabase()).isInstanceOf(Distribution.Measured.class));
    }

    @Test
    void aBrokenFileOfMeasuredHoldsIsToldWithItsPlace(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("no-unit.json"), "[1, 2]");
        Files.writeString(directory.resolve("no-json.json"), "[\"1ms\"");
        Files.writeString(directory.resolve("falling.json"), "[\"2ms\", \"1ms\"]");
        Path file = directory.resolve("fleet.yaml");
        for (String name : List.of("no-unit", "no-json", "falling", "missing")) {
            Files.writeString(file, SMALL.replace("hold: 12ms", "hold: {measured: " + name + ".json}"));
            assertThatThrownBy(() -> FleetFile.read(file))
                    .isInstanceOf(Problems.class)
                    .hasMessageContaining(name + ".json");
        }
    }

    private static Service service(Fleet fleet, String name) {
        return Objects.requireNonNull(fleet.services().get(name), name);
    }

    private static Pool pool(Fleet fleet, String service, String name) {
        return Objects.requireNonNull(service(fleet, service).pools().get(name), name);
    }

    private static Server server(Fleet fleet) {
        return fleet.servers().values().iterator().next();
    }
}
