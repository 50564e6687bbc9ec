package dev.poolwright.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.FindingText;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Server;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arithmetic of the reference system and of the staging configuration behind issue 1278, to the figure. */
final class CapacityTest {

    private static final String ONE_ENGINE = "{main: {to: db, size: 20, overflow: 30}}";
    private static final String THREE_ENGINES = "{request: {to: db, size: 20, overflow: 30},"
            + " manager: {to: db, size: 50, overflow: 50}, core: {to: db, size: 10, overflow: 15}}";
    private static final String STAGING = "{main: {to: db, path: vpc, size: 10, overflow: 15}}";
    private static final String POOLED = "{main: {to: db, size: 5, overflow: 10}}";

    private static Fleet fleet(String planWith, String pools, String instances, String auth) {
        return Fleets.checked("fleet.yaml", """
                        format: 1
                        fleet: netra
                        servers:
                          db: {engine: postgresql, max_connections: 100, reserved: 3, plan_with: %s}
                        paths:
                          vpc: {buffer: 5}
                        services:
                          backend:
                            stack: {runtime: asyncio, library: sqlalchemy, version: 2.0.30, driver: asyncpg}
                            instances: %s
                            pools: %s
                          auth:
                            stack: {runtime: asyncio, library: sqlalchemy, version: 2.0.30, driver: asyncpg}
                            pools: %s
                        """.formatted(planWith, instances, pools, auth))
                .base();
    }

    private static Server server(Fleet fleet) {
        return fleet.servers().values().iterator().next();
    }

    private static List<Finding> capacity(Fleet fleet) {
        return Rules.check(Checked.of(fleet)).stream()
                .filter(one -> one.code().startsWith("PW01"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"1, 65, true", "2, 115, false"})
    void oneEngineFitsAtOneInstanceAndNotAtTwo(int instances, long wanted, boolean fits) {
        Fleet fleet = fleet("100%", ONE_ENGINE, "" + instances, POOLED);
        assertThat(Demand.at(fleet, "db").least()).isEqualTo(Range.exactly(wanted));
        assertThat(Budget.of(fleet, server(fleet), Set.of()).available()).contains(Range.exactly(97));
        assertThat(capacity(fleet).isEmpty()).isEqualTo(fits);
        if (!fits) {
            assertThat(capacity(fleet)).singleElement().satisfies(one -> {
                assertThat(one.severity()).isEqualTo(Severity.ERROR);
                assertThat(one.message()).endsWith("fits at 1 instance of backend, not at 2");
            });
        }
    }

    @Test
    void threeEnginesDoNotFitEvenAtOneInstance() {
        Fleet fleet = fleet("100%", THREE_ENGINES, "1", POOLED);
        assertThat(Demand.at(fleet, "db").least()).isEqualTo(Range.exactly(175 + 15));
        assertThat(capacity(fleet)).singleElement().satisfies(one -> {
            assertThat(one.severity()).isEqualTo(Severity.ERROR);
            assertThat(one.message()).endsWith("not even at 1 instance of backend");
        });
    }

    @ParameterizedTest
    @CsvSource({"2, 65, true", "3, 90, false"})
    void stagingFitsAtTwoInstancesAndNotAtThree(int instances, long wanted, boolean fits) {
        Fleet fleet = fleet("80%", STAGING, "{min: 1, max: " + instances + "}", POOLED);
        Demand demand = Demand.at(fleet, "db");
        assertThat(demand.most()).isEqualTo(Range.exactly(wanted));
        assertThat(Budget.of(fleet, server(fleet), demand.paths()).available()).contains(Range.exactly(72));
        assertThat(capacity(fleet).isEmpty()).isEqualTo(fits);
        if (!fits) {
            assertThat(capacity(fleet)).singleElement().satisfies(one -> {
                assertThat(one.severity()).isEqualTo(Severity.WARNING);
                assertThat(one.message()).endsWith("fits at 2 instances of backend, not at 3");
            });
        }
    }

    @Test
    void withAuthOnNullPoolItCannotBeBounded() {
        Fleet fleet = fleet("80%", STAGING, "2", "{main: {to: db, kind: NullPool}}");
        assertThat(capacity(fleet)).singleElement().satisfies(one -> {
            assertThat(one.code()).isEqualTo("PW012");
            assertThat(one.message()).isEqualTo("cannot bound what is asked of server db");
            assertThat(FindingText.of(one))
                    .contains("auth/main size + overflow")
                    .contains("fleet.yaml:");
        });
    }

    @Test
    void boundedCallersBoundAPoolThatHasNoBound() {
        String bounded = "{main: {to: db, kind: NullPool}}\n    callers: 7";
        assertThat(Demand.at(fleet("80%", STAGING, "2", bounded), "db").most()).isEqualTo(Range.exactly(50 + 7));
    }

    @Test
    void surgeCountsAtTheMostAndARecreatedServiceHasNone() {
        String rolling = "{min: 1, max: 2, surge: 1}";
        String recreated = "{min: 1, max: 2, surge: 1, rollout: recreate}";
        assertThat(Demand.at(fleet("80%", STAGING, rolling, POOLED), "db").most())
                .isEqualTo(Range.exactly(90));
        assertThat(Demand.at(fleet("80%", STAGING, recreated, POOLED), "db").most())
                .isEqualTo(Range.exactly(65));
    }
}
