package dev.poolwright.report;

import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.proof.JudgedRun;
import dev.poolwright.model.run.Health;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.verdict.Chain;
import dev.poolwright.model.verdict.Chain.Joint;
import dev.poolwright.model.verdict.Chain.Reach;
import dev.poolwright.model.verdict.Figure;
import dev.poolwright.model.verdict.Owner;
import dev.poolwright.model.verdict.Verdict;
import dev.poolwright.model.verdict.Verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lines about runs: verdict, reasons, chain, loads. */
final class RunLines {

    private final Ansi ansi;
    private final int width;

    RunLines(Ansi ansi, int width) {
        this.ansi = ansi;
        this.width = width;
    }

    /** Everything about one run or the repeats of one; the details are those of the first that decides the outcome. */
    List<String> whole(String stage, List<JudgedRun> runs) {
        JudgedRun shown = telling(runs);
        RunRecord.Header header = shown.record().header();
        List<String> lines = new ArrayList<>();
        lines.add(header.fleet() + (header.environment().isEmpty() ? "" : " (" + header.environment() + ")") + ", "
                + header.scenario() + ", seed " + header.seed() + ", "
                + Figures.time(header.durationNanos() * header.speed()) + " at " + Figures.speed(header.speed()));
        lines.addAll(verdict(stage, runs));
        lines.addAll(chain(shown));
        lines.addAll(loads(shown.record()));
        if (shown.measured()) {
            lines.addAll(health(shown.record()));
        }
        return lines;
    }

    /** The run to show of several: the first one with the gravest outcome. */
    static JudgedRun telling(List<JudgedRun> runs) {
        for (Outcome outcome : List.of(Outcome.INVALID, Outcome.BREAKS, Outcome.UNDECIDED)) {
            for (JudgedRun run : runs) {
                if (run.verdict().outcome() == outcome) {
                    return run;
                }
            }
        }
        return runs.getFirst();
    }

    /** {@code sim    BREAKS   reason}, with the counts where repeats disagree. */
    List<String> verdict(String stage, List<JudgedRun> runs) {
        JudgedRun shown = telling(runs);
        Verdict verdict = shown.verdict();
        String first = String.format(Locale.ROOT, "  %-6s ", stage);
        String words = runs.size() == 1 ? verdict.outcome().name() : outcomes(runs);
        List<String> lines = new ArrayList<>();
        lines.add(first
                + coloured(verdict.outcome(), words)
                + (verdict.owner() == Owner.UNDETERMINED
                        ? ""
                        : ", owner: " + verdict.owner().word()));
        for (String reason : verdict.reasons()) {
            lines.addAll(Wrapping.lines(" ".repeat(first.length()), reason, width));
        }
        for (Figure figure : shown.figures()) {
            lines.addAll(Wrapping.lines(
                    " ".repeat(first.length()), (figure.seen() ? "seen: " : "not seen: ") + figure.sentence(), width));
        }
        return lines;
    }

    private static String outcomes(List<JudgedRun> runs) {
        Map<Outcome, Long> counts = runs.stream()
                .collect(Collectors.groupingBy(run -> run.verdict().outcome(), TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " in " + entry.getValue() + " of " + runs.size())
                .collect(Collectors.joining(", "));
    }

    private String coloured(Outcome outcome, String words) {
        return switch (outcome) {
            case HOLDS -> ansi.green(words);
            case BREAKS -> ansi.red(words);
            case UNDECIDED, INVALID -> ansi.yellow(words);
        };
    }

    /** One line for each link, in the plan's seconds, with what is known of its effect. */
    List<String> chain(JudgedRun run) {
        Chain chain = run.verdict().chain();
        if (chain.joints().isEmpty()) {
            return List.of();
        }
        double speed = run.record().header().speed();
        Table table = new Table(1);
        List<String> links = new ArrayList<>();
        String joined = "";
        for (Joint joint : chain.joints()) {
            table.row("  " + Figures.moment(joint.atNanos() * speed));
            links.add((joined.isEmpty() ? "" : joined + " ")
                    + joint.link()
                    + (joint.count() == 1 ? "" : " (" + joint.count() + " times)")
                    + detail(joint));
            joined = joint.reach() == Reach.THEREFORE ? "therefore" : "then";
        }
        List<String> moments = padded(table.lines());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < links.size(); i++) {
            List<String> wrapped = Wrapping.lines(moments.get(i) + "  ", links.get(i), width);
            lines.addAll(wrapped);
        }
        return lines;
    }

    private static String detail(Joint joint) {
        return joint.detail().isBlank() ? "" : ": " + joint.detail();
    }

    /** All as long as the longest, the figures to the right. */
    private static List<String> padded(List<String> cells) {
        int longest = cells.stream().mapToInt(String::length).max().orElse(0);
        return cells.stream()
                .map(cell -> " ".repeat(longest - cell.length()) + cell)
                .toList();
    }

    private List<String> loads(RunRecord record) {
        double speed = record.header().speed();
        Table table = new Table(1);
        table.row("  load", "offered", "success", "wait p50", "wait p95", "wait p99");
        for (LoadResult load : record.loads(Window.WHOLE)) {
            table.row(
                    "  " + load.load(),
                    String.valueOf(load.offered()),
                    Figures.share(load.success()),
                    Figures.time(load.acquireWait().percentileNanos(50) * speed),
                    Figures.time(load.acquireWait().percentileNanos(95) * speed),
                    Figures.time(load.acquireWait().percentileNanos(99) * speed));
        }
        return record.loads(Window.WHOLE).isEmpty() ? List.of() : table.lines();
    }

    private List<String> health(RunRecord record) {
        return Wrapping.lines("  health: ", health(record.health()), width);
    }

    static String health(Health health) {
        return String.format(
                Locale.ROOT,
                "evidence %d of %d, lag p99 %s, generator %.0f %% CPU, %d unplanned restarts, %d left behind",
                health.evidence().found(),
                health.evidence().acknowledged(),
                Figures.time(health.lagP99()),
                health.generatorCpu() * 100,
                health.unplannedRestarts(),
                health.leftovers().size());
    }
}
