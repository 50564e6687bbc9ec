package dev.poolwright.cli;

import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.proof.ProofResult;
import dev.poolwright.model.proof.ProofResult.State;
import dev.poolwright.model.scenario.Expectation;
import dev.poolwright.policy.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Puts the same expectations to the proof over and over for a time, and keeps the score of each. After each expectation the
 * report of what was found so far is written anew. Ends after the pass that is under way when the time is over, and after the
 * expectation that is under way when the stop file appears. Single-threaded.
 */
final class Soak {

    private final List<Expectation> expectations;
    private final Path stopFile;
    private final Clock clock;
    private final Consumer<List<ProofResult>> live;
    private final Map<Expectation, Map<State, Integer>> score = new LinkedHashMap<>();
    private final Map<Expectation, ProofResult> latest = new LinkedHashMap<>();

    /**
     * @param stopFile looked for between two expectations
     * @param live takes the latest result of each expectation, with its score in its notes
     */
    Soak(List<Expectation> expectations, Path stopFile, Clock clock, Consumer<List<ProofResult>> live) {
        this.expectations = expectations;
        this.stopFile = stopFile;
        this.clock = clock;
        this.live = live;
    }

    /** Puts one expectation to the proof. */
    interface Proof {
        ProofResult of(Expectation expectation) throws Problems, IOException, InterruptedException, SQLException;
    }

    /** The latest results with the scores; at least one pass, unless it is stopped. */
    List<ProofResult> run(Duration lasts, Proof proof)
            throws Problems, IOException, InterruptedException, SQLException {
        long until = clock.nanos() + lasts.toNanos();
        do {
            for (Expectation expectation : expectations) {
                if (Files.exists(stopFile)) {
                    return results();
                }
                ProofResult result = proof.of(expectation);
                score.computeIfAbsent(expectation, key -> new EnumMap<>(State.class))
                        .merge(result.state(), 1, Integer::sum);
                latest.merge(expectation, result, Soak::graver);
                live.accept(results());
            }
        } while (clock.nanos() < until);
        return results();
    }

    /** A failure stays to be seen: a later success does not take its place, a later failure does. */
    private static ProofResult graver(ProofResult before, ProofResult now) {
        return gravity(now.state()) >= gravity(before.state()) ? now : before;
    }

    private static int gravity(State state) {
        return switch (state) {
            case MET, SKIPPED -> 0;
            case UNDECIDED -> 1;
            case INVALID -> 2;
            case NOT_MET -> 3;
        };
    }

    private List<ProofResult> results() {
        List<ProofResult> results = new ArrayList<>();
        latest.forEach((expectation, result) -> {
            List<String> notes = new ArrayList<>(result.notes());
            Map<State, Integer> counts = score.getOrDefault(expectation, Map.of());
            int passes = counts.values().stream().mapToInt(Integer::intValue).sum();
            notes.add("of " + passes + " passes: "
                    + counts.entrySet().stream()
                            .map(entry ->
                                    entry.getValue() + " " + entry.getKey().words())
                            .collect(Collectors.joining(", ")));
            results.add(new ProofResult(
                    result.expectation(),
                    result.state(),
                    result.reasons(),
                    result.findings(),
                    result.plan(),
                    result.runs(),
                    result.comparison(),
                    notes));
        });
        return results;
    }
}
