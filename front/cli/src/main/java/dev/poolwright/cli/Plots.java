package dev.poolwright.cli;

import dev.poolwright.model.proof.JudgedRun;
import dev.poolwright.model.proof.ProofResult;
import dev.poolwright.report.ReportFiles;
import dev.poolwright.report.RunDrawing;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One drawing for each scenario: of a measured run where there is one, of a break where there is one. */
final class Plots {

    private Plots() {}

    static void write(Path folder, List<ProofResult> results) {
        Map<String, ProofResult> chosen = new HashMap<>();
        for (ProofResult result : results) {
            chosen.merge(
                    result.expectation().scenario(),
                    result,
                    (one, other) -> one.expectation().breaks() ? one : other);
        }
        chosen.forEach((scenario, result) -> run(result)
                .ifPresent(run -> ReportFiles.write(
                        folder.resolve(scenario.replaceAll("[^A-Za-z0-9_-]", "_") + ".svg"), RunDrawing.svg(run))));
    }

    private static Optional<JudgedRun> run(ProofResult result) {
        return result.runs().repeats().stream()
                .findFirst()
                .or(() -> result.runs().production().value());
    }
}
