package dev.poolwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.proof.Part;
import dev.poolwright.model.proof.PlanSummary;
import dev.poolwright.model.proof.ProofResult;
import dev.poolwright.model.proof.ProofResult.State;
import dev.poolwright.model.proof.ProofRuns;
import dev.poolwright.model.scenario.Expectation;
import dev.poolwright.policy.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakTest {

    private static final Expectation PAIR =
            new Expectation("a.yaml", "", "saturation", false, List.of(), "", Origin.NONE);

    @TempDir
    private Path folder;

    private long now;
    private final Clock clock = () -> now;
    private final List<Integer> live = new ArrayList<>();

    private Soak soak() {
        return new Soak(List.of(PAIR), folder.resolve("stop"), clock, results -> live.add(results.size()));
    }

    private static ProofResult result(State state) {
        return new ProofResult(
                PAIR,
                state,
                List.of("for a test"),
                List.of(),
                PlanSummary.NONE,
                ProofRuns.none("for a test"),
                Part.absent("for a test"),
                List.of());
    }

    @Test
    void itGoesOnUntilTheTimeIsOverAndKeepsTheScore() throws Exception {
        List<ProofResult> results = soak().run(Duration.ofSeconds(3), pair -> {
            now += 1_000_000_000L;
            return result(State.SKIPPED);
        });
        assertThat(results).hasSize(1);
        assertThat(results.getFirst().notes()).containsExactly("of 3 passes: 3 skipped");
        assertThat(live).hasSize(3);
    }

    @Test
    void aFailureStaysToBeSeen() throws Exception {
        Iterator<State> states =
                List.of(State.SKIPPED, State.NOT_MET, State.SKIPPED).iterator();
        List<ProofResult> results = soak().run(Duration.ofSeconds(3), pair -> {
            now += 1_000_000_000L;
            return result(states.next());
        });
        assertThat(results.getFirst().state()).isEqualTo(State.NOT_MET);
        assertThat(results.getFirst().notes()).containsExactly("of 3 passes: 1 not met, 2 skipped");
    }

    @Test
    void theStopFileEndsItBeforeTheNextPair() throws Exception {
        List<ProofResult> results = soak().run(Duration.ofHours(4), pair -> {
            Files.writeString(folder.resolve("stop"), "");
            return result(State.SKIPPED);
        });
        assertThat(results.getFirst().notes()).containsExactly("of 1 passes: 1 skipped");
    }
}
