package dev.poolwright.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Objective;
import dev.poolwright.model.scenario.ArrivalPattern;
import dev.poolwright.model.scenario.Fault;
import dev.poolwright.model.scenario.Scenario;
import dev.poolwright.model.scenario.Scenario.Rate;
import dev.poolwright.model.scenario.Scenario.RateStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioFileTest {

    private static final Path NETRA = Path.of("../../examples/netra");

    @TempDir
    private Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = directory.resolve("scenario.yaml");
    }

    private ScenarioFile.Bound bind(String text, String fleet) throws IOException, Problems {
        Files.writeString(file, "scenario: one\nabout: a test\n" + text);
        return ScenarioFile.read(file).bind(FleetFile.read(NETRA.resolve(fleet)), "");
    }

    @Test
    void aBuiltInScenarioTakesTheFirstLoadWithItsPath() throws Problems {
        ScenarioFile.Bound bound =
                ScenarioFile.builtIn("connector-scaling").bind(FleetFile.read(NETRA.resolve("before-1278.yaml")), "");
        assertThat(bound.scenario().needs())
                .containsEntry("service", "backend")
                .containsEntry("load", "chat")
                .containsEntry("path", "vpc");
        assertThat(bound.scenario().loads()).containsOnlyKeys("backend/chat");
        assertThat(bound.scenario().faults())
                .containsExactly(
                        new Fault.PathCap(
                                "vpc", Duration.ofSeconds(20), Duration.ofMinutes(1), 50, Duration.ofSeconds(30)),
                        new Fault.StartInstances("backend", Duration.ofSeconds(25), 4));
        assertThat(bound.scenario().objectives())
                .extracting(Objective::window)
                .containsExactly(Objective.Window.DURING, Objective.Window.AFTER, Objective.Window.AFTER);
    }

    @Test
    void aNeedThatTheFleetLacksNamesWhatItHas() {
        assertThatThrownBy(() -> ScenarioFile.builtIn("connector-scaling")
                        .bind(FleetFile.read(NETRA.resolve("before-saturation.yaml")), ""))
                .isInstanceOf(Problems.class)
                .hasMessageContaining("needs.path = any (allowed: nothing: no service of the fleet has a path)");
        assertThatThrownBy(() -> bind("needs: {service: backand}", "before-1278.yaml"))
                .hasMessageContaining("needs.service = backand (allowed: backend, auth; do: write backend)");
        assertThatThrownBy(() -> bind("needs: {service: auth, load: chat}", "before-1278.yaml"))
                .hasMessageContaining("no load that uses all of this together");
    }

    @Test
    void setChangesTheFleetLikeAnEnvironment() throws IOException, Problems {
        ScenarioFile.Bound bound = bind("""
                needs: {service: any, pool: any}
                set: {services: {$service: {pools: {$pool: {size: 1, overflow: 1}}}}}
                """, "before-1278.yaml");
        assertThat(bound.fleet().services().get("backend"))
                .satisfies(service -> assertThat(service.pools().values())
                        .allSatisfy(pool ->
                                assertThat(pool.sizing().size().single()).contains(Limit.atMost(1))));
    }

    @Test
    void aRateIsAShareOfTheKneeAMultipleOrASpeed() throws IOException, Problems {
        ScenarioFile.Bound bound = bind(
                "load: {backend/chat: [{until: 1s, rate: 80%}, {until: 2s, rate: 1.5x}, {until: 3s, rate: 60/s}]}",
                "before-1278.yaml");
        assertThat(bound.scenario().loads().get("backend/chat"))
                .containsExactly(
                        new RateStep(Duration.ofSeconds(1), new Rate(Rate.Kind.OF_THE_KNEE, 0.8)),
                        new RateStep(Duration.ofSeconds(2), new Rate(Rate.Kind.OF_THE_DECLARED, 1.5)),
                        new RateStep(Duration.ofSeconds(3), new Rate(Rate.Kind.PER_SECOND, 60)));
    }

    @Test
    void aStepCanRampAndArrivalsCanBeEven() throws IOException, Problems {
        ScenarioFile.Bound bound = bind("""
                load: {backend/chat: [{until: 1s, rate: 60/s, shape: ramp}]}
                arrivals: {backend/chat: even}
                """, "before-1278.yaml");
        assertThat(bound.scenario().loads().get("backend/chat"))
                .containsExactly(
                        new RateStep(Duration.ofSeconds(1), new Rate(Rate.Kind.PER_SECOND, 60), Scenario.Shape.RAMP));
        assertThat(bound.scenario().arrivals()).containsEntry("backend/chat", new ArrivalPattern.Even());
        assertThatThrownBy(() -> bind("arrivals: {backend/chat: often}", "before-1278.yaml"))
                .isInstanceOf(Problems.class)
                .hasMessageContaining("often");
    }

    @Test
    void everyWordOfAScenarioIsChecked() {
        assertThatThrownBy(() -> bind("""
                        load: {backend/chatt: [{until: 2s, rate: 80}, {until: 1s, rate: 1x}]}
                        faults:
                          - {fault: path_capp, on: vpc, at: 1s}
                          - {fault: latency, on: main, at: 1s, for: 0s, adds: 1ms}
                          - {fault: server_full, on: $server, at: 1s, for: 1s, connections: 3}
                        """, "before-1278.yaml"))
                .isInstanceOf(Problems.class)
                .hasMessageContaining("a placeholder that needs: does not name: $server");
        assertThatThrownBy(() -> bind("""
                        load: {backend/chatt: [{until: 2s, rate: 80}, {until: 1s, rate: 1x}]}
                        faults:
                          - {fault: path_capp, on: vpc, at: 1s}
                          - {fault: latency, on: main, at: 1s, for: 0s, adds: 1ms}
                        """, "before-1278.yaml"))
                .hasMessageContaining(
                        "no such load: load = backend/chatt (allowed: backend/chat; do: write backend/chat)")
                .hasMessageContaining("do: write for example 80%, 1.5x or 60/s")
                .hasMessageContaining("not after the step before")
                .hasMessageContaining("do: write path_cap")
                .hasMessageContaining("no such path: faults[1].on = main (allowed: vpc)")
                .hasMessageContaining("must be above zero: faults[1].for = 0s");
        assertThatThrownBy(() -> ScenarioFile.builtIn("saturatoin")).hasMessageContaining("write saturation");
    }

    @Test
    void aProofWithAnUnknownLinkNamesTheNearest() throws IOException {
        Files.writeString(
                file,
                "- {fleet: a.yaml, scenario: saturation, expect: breaks, chain: [pool.ful backend/main, exit.3]}\n");
        assertThatThrownBy(() -> ProofFile.read(file))
                .isInstanceOf(Problems.class)
                .hasMessageContaining("do: write pool.full")
                .hasMessageContaining("write for example exit.3 backend");
        Files.writeString(file, "- {fleet: a.yaml, scenario: x, expect: holds, chain: [exit.3 backend]}\n");
        assertThatThrownBy(() -> ProofFile.read(file)).hasMessageContaining("a chain or owner without a break");
        Files.writeString(file, "[]");
        assertThatThrownBy(() -> ProofFile.read(file)).hasMessageContaining("no expectations");
    }
}
