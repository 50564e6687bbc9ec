package dev.poolwright.report;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.proof.Comparison;
import dev.poolwright.model.proof.Comparison.Row;
import dev.poolwright.model.proof.JudgedRun;
import dev.poolwright.model.proof.Part;
import dev.poolwright.model.proof.ProofResult;
import dev.poolwright.model.proof.ProofResult.State;
import dev.poolwright.model.scenario.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One block of lines for each pair of a proof. */
final class ProofLines {

    private final Ansi ansi;
    private final int width;
    private final RunLines runs;

    ProofLines(Ansi ansi, int width) {
        this.ansi = ansi;
        this.width = width;
        this.runs = new RunLines(ansi, width);
    }

    List<String> pair(ProofResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(ansi.bold(title(result.expectation())) + "  " + coloured(result.state()));
        lines.addAll(Wrapping.lines("  expect ", expected(result.expectation()), width));
        for (String reason : result.reasons()) {
            lines.addAll(Wrapping.lines("         ", reason, width));
        }
        lines.add("  check  " + check(result.findings()));
        lines.addAll(stage("sim", result.runs().production()));
        lines.addAll(stage("twin", result.runs().twin()));
        if (!result.runs().repeats().isEmpty()) {
            lines.addAll(runs.verdict("lab", result.runs().repeats()));
        }
        lines.addAll(control(result.runs().control()));
        shown(result).ifPresent(run -> {
            if (!run.verdict().chain().joints().isEmpty()) {
                lines.add("  chain in the " + (run.measured() ? "lab" : "simulator"));
                lines.addAll(runs.chain(run));
            }
        });
        result.comparison().value().ifPresent(comparison -> lines.addAll(comparison(comparison)));
        result.notes().forEach(note -> lines.addAll(Wrapping.lines("  note: ", note, width)));
        return lines;
    }

    static String title(Expectation expectation) {
        return expectation.fleet()
                + (expectation.environment().isEmpty() ? "" : " (" + expectation.environment() + ")") + " in "
                + expectation.scenario();
    }

    static String expected(Expectation expectation) {
        if (!expectation.breaks()) {
            return "holds";
        }
        return "breaks"
                + (expectation.chain().isEmpty()
                        ? ""
                        : ": "
                                + expectation.chain().stream()
                                        .map(Object::toString)
                                        .collect(Collectors.joining(", ")))
                + (expectation.owner().isEmpty() ? "" : "; owner: " + expectation.owner());
    }

    static String check(List<Finding> findings) {
        if (findings.isEmpty()) {
            return "no findings";
        }
        return findings.stream()
                .filter(one -> one.severity() != Severity.NOTE || findings.size() == 1)
                .map(one -> one.code() + " " + TerminalReport.word(one.severity()))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private String coloured(State state) {
        return switch (state) {
            case MET -> ansi.green(state.words());
            case NOT_MET -> ansi.red(state.words());
            case UNDECIDED, INVALID -> ansi.yellow(state.words());
            case SKIPPED -> ansi.faint(state.words());
        };
    }

    private List<String> stage(String name, Part<JudgedRun> run) {
        return run.value()
                .map(one -> runs.verdict(name, List.of(one)))
                .orElseGet(() -> List.of("  " + (name + "      ").substring(0, 7) + "not run: " + run.why()));
    }

    private List<String> control(Part<JudgedRun> control) {
        return control.value()
                .map(run -> List.of("  control without faults: " + run.verdict().outcome()))
                .orElse(List.of());
    }

    /** The run whose chain is shown: a repeat of the lab that broke, else the prediction. */
    static java.util.Optional<JudgedRun> shown(ProofResult result) {
        return result.runs().repeats().isEmpty()
                ? result.runs().production().value()
                : java.util.Optional.of(RunLines.telling(result.runs().repeats()));
    }

    private List<String> comparison(Comparison comparison) {
        double speed = comparison.speed();
        Table table = new Table(1);
        table.row("  lab twin", "predicted", "measured", "naive", "error", "bound", "");
        String subject = "";
        for (Row row : comparison.rows()) {
            if (!row.subject().equals(subject)) {
                subject = row.subject();
                table.row("  " + subject);
            }
            table.row(
                    "    " + row.quantity(),
                    Figures.of(row.unit(), row.predicted(), speed),
                    Figures.of(row.unit(), row.measured().mean(), speed),
                    row.naive()
                            .value()
                            .map(figure -> Figures.of(row.unit(), figure, speed))
                            .orElse("-"),
                    Figures.distance(row.unit(), row.error(), speed),
                    Figures.distance(row.unit(), row.bound(), speed),
                    row.within() ? "within" : "OUTSIDE");
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.addAll(Wrapping.lines("  ", Sentences.comparison(comparison), width));
        return lines;
    }
}
