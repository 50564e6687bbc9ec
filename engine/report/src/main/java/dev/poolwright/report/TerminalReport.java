package dev.poolwright.report;

import dev.poolwright.model.finding.Accepted;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Masked;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.proof.JudgedRun;
import dev.poolwright.model.proof.ProofReport;
import dev.poolwright.model.proof.ProofResult;
import dev.poolwright.model.proof.ProofResult.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reports as plain lines for a terminal or a log. Moments are in the plan's seconds, that is moments of the run × speed.
 * Immutable; thread-safe.
 */
public final class TerminalReport {

    /** Where the caller does not know better. */
    public static final int DEFAULT_WIDTH = 80;

    private static final int NARROWEST = 40;

    /** More notes than this are only counted. */
    private static final int NOTES = 20;

    private final Ansi ansi;
    private final int width;

    /** @param width in columns; less than 40 counts as 40 */
    public TerminalReport(Ansi ansi, int width) {
        this.ansi = ansi;
        this.width = Math.max(NARROWEST, width);
    }

    /**
     * What {@code check} found.
     *
     * @param subject file or directory, as the user gave it
     * @param accepted findings that fail nothing; they are counted
     * @param notes whether notes are shown in full
     * @param excerpts where the lines come from that findings point at
     */
    public String check(
            String subject, List<Finding> findings, List<Accepted> accepted, boolean notes, Excerpts excerpts) {
        List<String> lines = new ArrayList<>();
        List<Finding> brief = new ArrayList<>();
        for (Finding finding : findings) {
            if (finding.severity() == Severity.NOTE && !notes) {
                brief.add(finding);
            } else {
                lines.addAll(finding(finding, excerpts));
                lines.add("");
            }
        }
        brief.stream().limit(NOTES).forEach(note -> lines.addAll(note(note)));
        if (brief.size() > NOTES) {
            lines.add("... and " + Figures.count(brief.size() - NOTES, "more note"));
        }
        if (!brief.isEmpty()) {
            lines.add("(--notes shows notes in full)");
            lines.add("");
        }
        lines.add(summary(subject, findings) + accepted(accepted));
        return text(lines);
    }

    /** A note in brief: what it says and where. */
    private List<String> note(Finding finding) {
        List<String> lines = new ArrayList<>(Wrapping.lines(finding.code() + " note: ", finding.message(), width));
        if (!finding.origin().equals(Origin.NONE)) {
            lines.add("  at " + place(finding.origin()));
        }
        return lines;
    }

    private static String accepted(List<Accepted> accepted) {
        long byComment =
                accepted.stream().filter(one -> one.by() == Accepted.By.COMMENT).count();
        long byBaseline = accepted.size() - byComment;
        String text = byComment == 0 ? "" : "; " + byComment + " accepted by a comment";
        return text + (byBaseline == 0 ? "" : "; " + byBaseline + " known from the baseline");
    }

    private List<String> finding(Finding finding, Excerpts excerpts) {
        List<String> lines = new ArrayList<>();
        String head = finding.code() + " " + word(finding.severity()) + ": ";
        List<String> message = Wrapping.lines(head, finding.message(), width);
        lines.add(coloured(finding.severity(), message.getFirst()));
        lines.addAll(message.subList(1, message.size()));
        if (!finding.origin().equals(Origin.NONE)) {
            lines.add("  at " + place(finding.origin()));
            excerpts.line(finding.origin()).ifPresent(line -> lines.add(excerpt(finding.origin(), line)));
        }
        Table terms = new Table(3);
        for (Finding.Term term : finding.terms()) {
            if (term.origin().file().isEmpty()) {
                terms.row("  " + term.name(), "= " + term.value());
            } else {
                terms.row("  " + term.name(), "= " + term.value(), place(term.origin()));
            }
        }
        lines.addAll(terms.lines());
        if (!finding.fix().isBlank()) {
            lines.addAll(Wrapping.lines("  do: ", finding.fix(), width));
        }
        String diff = finding.suggestion()
                .diff(excerpts.lines(finding.suggestion().place().file()));
        diff.lines().forEach(line -> lines.add("    " + Masked.text(line)));
        lines.add("  why: docs/rules/" + finding.code() + ".md");
        return lines;
    }

    /** The line that the finding points at, beside its number, cut where the terminal ends. */
    private String excerpt(Origin origin, String line) {
        String shown = "  " + origin.line() + " | " + Masked.text(line.strip().replace('\t', ' '));
        return shown.length() <= width ? shown : shown.substring(0, width - 1) + "…";
    }

    private static String place(Origin origin) {
        return origin.line() == 0 ? origin.file() : origin.file() + ":" + origin.line();
    }

    private String summary(String subject, List<Finding> findings) {
        List<String> counts = Arrays.stream(Severity.values())
                .filter(severity -> count(findings, severity) > 0)
                .map(severity -> Figures.count(count(findings, severity), word(severity)))
                .toList();
        return counts.isEmpty()
                ? ansi.green("no findings") + " in " + subject
                : String.join(", ", counts) + " in " + subject;
    }

    static String word(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTE -> "note";
        };
    }

    private String coloured(Severity severity, String text) {
        return switch (severity) {
            case ERROR -> ansi.red(text);
            case WARNING -> ansi.yellow(text);
            case NOTE -> text;
        };
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream().filter(one -> one.severity() == severity).count();
    }

    /** What {@code sim} predicted. */
    public String sim(JudgedRun run) {
        return text(new RunLines(ansi, width).whole("sim", List.of(run)));
    }

    /** What {@code lab} measured in at least one repeat. */
    public String lab(List<JudgedRun> repeats) {
        return text(new RunLines(ansi, width).whole("lab", repeats));
    }

    /**
     * What {@code prove} came to.
     *
     * @param html where the page is; empty when none was written
     */
    public String prove(ProofReport report, String html) {
        List<String> lines = new ArrayList<>();
        ProofLines pairs = new ProofLines(ansi, width);
        for (ProofResult result : report.results()) {
            lines.addAll(pairs.pair(result));
            lines.add("");
        }
        lines.addAll(totals(report, html));
        return text(lines);
    }

    private List<String> totals(ProofReport report, String html) {
        List<String> counts = Arrays.stream(State.values())
                .filter(state -> report.count(state) > 0)
                .map(state -> report.count(state) + " " + state.words())
                .toList();
        String outcome = report.met() ? ansi.green("proven") : ansi.red("not proven");
        List<String> lines = new ArrayList<>();
        lines.add(outcome + ": " + Figures.count(report.results().size(), "expectation") + ", "
                + (counts.isEmpty() ? "none tried" : String.join(", ", counts)) + " in "
                + Figures.time(report.header().took()) + " (" + report.header().directory() + ", seed "
                + report.header().seed() + ")");
        if (!html.isEmpty()) {
            lines.add("report: " + html);
        }
        return lines;
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
