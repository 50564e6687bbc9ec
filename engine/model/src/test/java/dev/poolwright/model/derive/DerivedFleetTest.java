package dev.poolwright.model.derive;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.Coverage;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.DeclaredServer;
import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.fact.LibraryInUse;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fact.Workers;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Server;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.Service.Stack;
import dev.poolwright.model.fleet.Service.Surge;
import dev.poolwright.model.fleet.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DerivedFleetTest {

    private static DerivedFleet fleet(Fact... facts) {
        return DerivedFleet.of(new Facts(List.of(facts), Coverage.NONE));
    }

    private static DeclaredPool pool(String name, String url, DeclaredPool.Scope scope, Place place) {
        Origin origin = new Origin(name.substring(0, name.indexOf('#')), 3, 0);
        return new DeclaredPool(
                name,
                new Stack("event-loop", "pg", "8.11.0", "pg", origin),
                Value.known("", origin),
                Map.of(),
                url.contains("://") ? Value.known(url, origin) : new Value.Unknown<>(url, "its value", origin),
                scope,
                place,
                origin);
    }

    private static Service service(Fleet fleet, String name) {
        return requireNonNull(fleet.services().get(name));
    }

    private static DeclaredPool pool(String name, String url) {
        return pool(name, url, DeclaredPool.Scope.PROCESS, Place.MAIN);
    }

    private static LibraryInUse library(String folder) {
        return new LibraryInUse(folder, "pg", "8.11.0", true, Place.MAIN, new Origin(folder + "/package.json", 4, 0));
    }

    private static Deployment deployment(String name, String kind, String environment, String source, int count) {
        Origin origin = new Origin("deploy/" + environment + kind + ".yaml", 9, 0);
        Value<Integer> instances = Value.known(count, origin);
        return new Deployment(
                name,
                kind,
                environment,
                source,
                "",
                new Service.Instances(
                        instances, instances, Value.known(Surge.NONE, origin), Service.Rollout.ROLLING, ""),
                Map.of(),
                List.of(),
                Value.unknown("not said", "the manifest"),
                Place.MAIN,
                origin);
    }

    private static DeclaredServer server(String name) {
        return new DeclaredServer(
                name,
                "postgresql",
                "16",
                "",
                Value.unknown("not said", "max_connections"),
                Place.MAIN,
                new Origin("compose.yaml", 3, 0));
    }

    @Test
    void aPoolBelongsToTheNearestFolderThatHasLibraries() {
        DerivedFleet fleet = fleet(
                library("services/orders"),
                library("services/users"),
                pool("services/orders/src/db.js#pool", "postgresql://db/shop"),
                pool("services/users/src/db.js#pool", "postgresql://db/shop"));
        assertThat(fleet.fleet().services().keySet()).containsExactly("orders", "users");
        assertThat(fleet.fleet().servers().keySet()).containsExactly("db");
    }

    @Test
    void whatDoesNotRunDoesNotEnter() {
        DerivedFleet fleet = fleet(
                pool("tests/db.js#pool", "postgresql://db/shop", DeclaredPool.Scope.PROCESS, Place.TEST),
                pool("migrations/db.js#pool", "postgresql://db/shop", DeclaredPool.Scope.PROCESS, Place.MIGRATION));
        assertThat(fleet.fleet().services()).isEmpty();
        assertThat(fleet.fleet().servers()).isEmpty();
    }

    @Test
    void instancesComeFromTheDeploymentOfItsFolderOrOfItsName() {
        DerivedFleet fleet = fleet(
                library("backend"),
                library("worker"),
                pool("backend/db.js#pool", "postgresql://db/shop"),
                pool("worker/db.js#pool", "postgresql://db/shop"),
                deployment("api", "kubernetes", "", "backend", 3),
                deployment("shop-worker", "kubernetes", "", "", 2));
        assertThat(service(fleet.fleet(), "api").instances().min().single()).contains(3);
        assertThat(service(fleet.fleet(), "shop-worker").instances().min().single())
                .contains(2);
    }

    @Test
    void composeIsTheDevelopersMachineWhereSomethingElseDeploys() {
        DerivedFleet fleet = fleet(
                pool("backend/db.js#pool", "postgresql://db/shop"),
                deployment("backend", "compose", "", "backend", 1),
                deployment("backend", "kubernetes", "", "backend", 4));
        assertThat(service(fleet.fleet(), "backend").instances().min().single()).contains(4);
    }

    @Test
    void environmentsThatSayTheirNameBecomeEnvironments() {
        DerivedFleet fleet = fleet(
                pool("backend/db.js#pool", "postgresql://db/shop"),
                deployment("backend", "kubernetes", "production", "backend", 6),
                deployment("backend", "kubernetes", "staging", "backend", 1));
        assertThat(fleet.environments().keySet()).containsExactly("production", "staging");
        assertThat(service(requireNonNull(fleet.environments().get("production")), "backend")
                        .instances()
                        .min()
                        .single())
                .contains(6);
        assertThat(service(fleet.fleet(), "backend").instances().min().possible())
                .containsExactly(6, 1);
    }

    @Test
    void threadPoolsOfOneProcessAddUp() {
        DerivedFleet fleet = fleet(
                library("a"), pool("a/db.js#pool", "postgresql://db/shop"), workers("fast", 300), workers("slow", 200));
        assertThat(requireNonNull(service(fleet.fleet(), "a").processes().get("main"))
                        .callers()
                        .single())
                .contains(Limit.atMost(500));
    }

    private static Workers workers(String server, int threads) {
        Origin origin = new Origin("a/settings.json", threads, 0);
        return new Workers(
                "a",
                server,
                Value.known(1, origin),
                Value.known(Limit.atMost(threads), origin),
                false,
                false,
                Place.MAIN,
                origin);
    }

    @Test
    void oneVariableIsOneServer() {
        DerivedFleet fleet = fleet(
                library("a"),
                library("b"),
                pool("a/db.js#pool", "environment variable DATABASE_URL"),
                pool("b/db.js#pool", "environment variable DATABASE_URL"));
        assertThat(fleet.fleet().servers().keySet()).containsExactly("DATABASE_URL");
    }

    @Test
    void aUrlThatLeavesTheHostOpenLeadsToTheOnlyDeclaredServer() {
        DerivedFleet fleet = fleet(pool("a/db.js#pool", "environment variable DATABASE_URL"), server("postgres"));
        assertThat(fleet.fleet().servers().keySet()).containsExactly("postgres");
        assertThat(requireNonNull(fleet.fleet().servers().get("postgres"))
                        .limits()
                        .maxConnections()
                        .single())
                .contains(100);
    }

    @Test
    void aPoolOfEachCallIsListedAndLeadsNowhere() {
        DerivedFleet fleet = fleet(pool("a/db.js#pool", "postgresql://db/shop", DeclaredPool.Scope.CALL, Place.MAIN));
        assertThat(requireNonNull(service(fleet.fleet(), "a").pools().get("pool"))
                        .target()
                        .at())
                .isEmpty();
        assertThat(fleet.fleet().servers()).isEmpty();
    }

    @Test
    void twoPoolsOfOneNameAreToldApart() {
        DerivedFleet fleet = fleet(
                library("a"), pool("a/db.js#pool", "postgresql://db/x"), pool("a/other.js#pool", "postgresql://db/y"));
        assertThat(service(fleet.fleet(), "a").pools().keySet()).containsExactly("pool", "pool of a/other.js");
        assertThat(fleet.declared()).hasSize(2);
    }

    @Test
    void aFileOfVariablesRunsNothingAndIsNoEnvironment() {
        DerivedFleet fleet = fleet(
                pool("backend/db.js#pool", "postgresql://db/shop"),
                deployment("backend/.env.development", "dotenv", "development", "backend", 1),
                deployment("backend", "kubernetes", "", "backend", 4));
        assertThat(fleet.environments()).isEmpty();
        assertThat(service(fleet.fleet(), "backend").instances().min().single()).contains(4);
    }

    @Test
    void ofSeveralServersOfOneNameTheOneThatSaysItsLimitCounts() {
        DerivedFleet fleet = fleet(
                pool("a/db.js#pool", "postgresql://db/shop"), server("db"), server("db", "", 60), server("db", "x", 0));
        assertThat(limits(fleet, "db").maxConnections().single()).contains(60);
    }

    @Test
    void aManagedServerIsMeantWhereOthersAreForTheDevelopersMachine() {
        DerivedFleet fleet = fleet(
                pool("a/db.js#pool", "environment variable DATABASE_URL"),
                server("dev-db"),
                server("test-db"),
                server("main", "db-g1-small", 0));
        assertThat(fleet.fleet().servers().keySet()).containsExactly("main");
        assertThat(limits(fleet, "main").maxConnections().possible()).isEmpty();
    }

    @Test
    void aTierThatIsKnownGivesItsLimit() {
        Tiers tiers = (engine, tier) -> tier.equals("db-g1-small")
                ? Optional.of(
                        new Tiers.Allowed(new Value.Default<>(50, engine, tier), new Value.Default<>(4, engine, tier)))
                : Optional.empty();
        DerivedFleet fleet = DerivedFleet.of(
                new Facts(
                        List.of(pool("a/db.js#pool", "postgresql://main/shop"), server("main", "db-g1-small", 0)),
                        Coverage.NONE),
                tiers);
        assertThat(limits(fleet, "main").maxConnections().single()).contains(50);
        assertThat(limits(fleet, "main").reserved().single()).contains(4);
    }

    private static Server.Limits limits(DerivedFleet fleet, String server) {
        return requireNonNull(fleet.fleet().servers().get(server)).limits();
    }

    /** @param most 0 for not said */
    private static DeclaredServer server(String name, String tier, int most) {
        Origin origin = new Origin("deploy/" + name + tier + ".tf", 3, 0);
        return new DeclaredServer(
                name,
                "postgresql",
                "16",
                tier,
                most == 0 ? Value.unknown("not said", "max_connections") : Value.known(most, origin),
                Place.MAIN,
                origin);
    }
}
