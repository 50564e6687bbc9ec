package dev.poolwright.report;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.proof.JudgedRun;
import dev.poolwright.model.proof.Part;
import dev.poolwright.model.proof.ProofReport;
import dev.poolwright.model.proof.ProofResult;
import dev.poolwright.model.proof.ProofResult.State;
import dev.poolwright.model.run.Health;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.verdict.Chain.Joint;
import dev.poolwright.model.verdict.Chain.Reach;
import dev.poolwright.model.verdict.Owner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the template of the page is filled with; the template has no logic of its own. */
final class PairView {

    private final ProofResult result;

    private PairView(ProofResult result) {
        this.result = result;
    }

    static Map<String, Object> page(ProofReport report, Envelope envelope) {
        ProofReport.Header header = report.header();
        List<Object> pairs = new ArrayList<>();
        for (ProofResult result : report.results()) {
            pairs.add(new PairView(result).pair(pairs.size()));
        }
        return Map.of(
                "title", "Proof of " + header.directory(),
                "summary",
                        report.count(State.MET) + " of "
                                + Figures.count(report.results().size(), "expectation") + " met.",
                "about",
                        "Poolwright " + envelope.version() + ", Java " + envelope.java() + ", on " + envelope.host()
                                + ", begun " + envelope.startedAt() + ", took " + Figures.time(header.took())
                                + ", seed " + header.seed() + ", " + Figures.count(header.repeats(), "repeat")
                                + " in the lab.",
                "pairs", pairs);
    }

    private Map<String, Object> pair(int index) {
        Optional<JudgedRun> shown = ProofLines.shown(result);
        Map<String, Object> pair = new LinkedHashMap<>();
        pair.put("index", index);
        pair.put("title", ProofLines.title(result.expectation()));
        pair.put("expectWord", result.expectation().breaks() ? "break" : "hold");
        pair.put("expected", ProofLines.expected(result.expectation()));
        pair.put("state", result.state().name());
        pair.put("stateWords", result.state().words());
        pair.put("reasons", result.reasons());
        pair.put("predicted", outcome(result.runs().production().value()));
        pair.put("measured", outcome(lab()));
        pair.put("measuredWords", measuredWords());
        pair.put("owner", shown.map(PairView::owner).orElse(""));
        pair.put("columns", columns());
        pair.put("control", control());
        pair.put("hasCharts", !ChartData.columns(result).isEmpty());
        chain(pair, shown);
        List<Object> waits = waits();
        pair.put("hasWaits", !waits.isEmpty());
        pair.put("waits", waits);
        pair.putAll(new ComparisonView(result).view());
        pair.put("findings", result.findings().stream().map(PairView::finding).toList());
        pair.put("open", result.state() == State.INVALID || result.state() == State.UNDECIDED);
        List<String> notes = notes();
        pair.put("hasNotes", !notes.isEmpty());
        pair.put("notes", notes);
        pair.put("health", health());
        return pair;
    }

    private Optional<JudgedRun> lab() {
        List<JudgedRun> repeats = result.runs().repeats();
        return repeats.isEmpty() ? Optional.empty() : Optional.of(RunLines.telling(repeats));
    }

    private static String outcome(Optional<JudgedRun> run) {
        return run.map(one -> one.verdict().outcome().name()).orElse("not run");
    }

    private String measuredWords() {
        List<JudgedRun> repeats = result.runs().repeats();
        if (repeats.isEmpty()) {
            return "not run";
        }
        JudgedRun telling = RunLines.telling(repeats);
        long same = repeats.stream()
                .filter(run -> run.verdict().outcome() == telling.verdict().outcome())
                .count();
        return telling.verdict().outcome() + " (" + same + " of " + repeats.size() + ")";
    }

    private static String owner(JudgedRun run) {
        Owner owner = run.verdict().owner();
        return owner == Owner.UNDETERMINED ? "" : owner.word();
    }

    private List<Object> columns() {
        List<Object> columns = new ArrayList<>();
        columns.add(column(Columns.PRODUCTION, result.runs().production()));
        columns.add(column(Columns.TWIN, result.runs().twin()));
        columns.add(column(Columns.LAB, lab().map(Part::of).orElse(Part.absent("the lab made no run"))));
        return columns;
    }

    private Map<String, Object> column(String name, Part<JudgedRun> run) {
        Map<String, Object> column = new LinkedHashMap<>();
        column.put("name", name);
        column.put("ran", run.value().isPresent());
        column.put("why", run.why());
        run.value().ifPresent(one -> {
            column.put("outcome", one.verdict().outcome().name());
            column.put("ownerSentence", owner(one).isEmpty() ? "" : "Owner: " + owner(one));
            column.put("reasons", one.verdict().reasons());
            String many = one.measured() ? measuredWords() + "; " : "";
            column.put(
                    "speed",
                    many + "ran at " + Figures.speed(one.record().header().speed()) + ", seed "
                            + one.record().header().seed());
        });
        return column;
    }

    private String control() {
        return result.runs()
                .control()
                .value()
                .map(run -> "The same without faults: " + run.verdict().outcome() + ".")
                .orElse("No control without faults: " + result.runs().control().why() + ".");
    }

    private static void chain(Map<String, Object> pair, Optional<JudgedRun> shown) {
        List<Object> chain = new ArrayList<>();
        String joined = "";
        for (Joint joint : shown.map(run -> run.verdict().chain().joints()).orElse(List.of())) {
            double speed = shown.orElseThrow().record().header().speed();
            chain.add(Map.of(
                    "number",
                    chain.size() + 1,
                    "moment",
                    Figures.moment(joint.atNanos() * speed),
                    "joined",
                    joined,
                    "link",
                    joint.link().toString(),
                    "times",
                    joint.count() == 1 ? "" : ", " + joint.count() + " times",
                    "detail",
                    joint.detail()));
            joined = joint.reach() == Reach.THEREFORE ? "therefore" : "then";
        }
        pair.put("hasChain", !chain.isEmpty());
        pair.put("chain", chain);
        pair.put(
                "chainOf",
                shown.map(run -> run.measured() ? Columns.LAB : Columns.PRODUCTION)
                        .orElse(""));
    }

    private List<Object> waits() {
        Map<String, List<Object>> rows = new LinkedHashMap<>();
        ChartData.columns(result).forEach((name, run) -> {
            for (LoadResult load : run.record().loads(Window.WHOLE)) {
                rows.computeIfAbsent(load.load(), key -> new ArrayList<>())
                        .add(wait(name, load, run.record().header().speed()));
            }
        });
        List<Object> waits = new ArrayList<>();
        rows.forEach((load, cells) -> waits.add(Map.of("load", load, "rows", cells)));
        return waits;
    }

    private static Map<String, Object> wait(String column, LoadResult load, double speed) {
        return Map.of(
                "column", column,
                "offered", load.offered(),
                "success", Figures.share(load.success()),
                "p50", Figures.time(load.acquireWait().percentileNanos(50) * speed),
                "p95", Figures.time(load.acquireWait().percentileNanos(95) * speed),
                "p99", Figures.time(load.acquireWait().percentileNanos(99) * speed),
                "longest", Figures.time(load.acquireWait().maxNanos() * speed));
    }

    private static Map<String, Object> finding(Finding finding) {
        List<Object> terms = new ArrayList<>();
        finding.terms()
                .forEach(term ->
                        terms.add(Map.of("name", term.name(), "value", term.value(), "place", place(term.origin()))));
        return Map.of(
                "code", finding.code(),
                "severity", finding.severity().name(),
                "severityWord", TerminalReport.word(finding.severity()),
                "message", finding.message(),
                "place", place(finding.origin()),
                "terms", terms,
                "fix", finding.fix());
    }

    private static String place(Origin origin) {
        return origin.file().isEmpty() ? "" : origin.toString();
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(result.plan().notes().knees());
        result.plan().notes().assumptions().forEach(one -> notes.add("Assumed: " + one));
        result.plan().notes().unknown().forEach(one -> notes.add("Unknown: " + one));
        notes.addAll(result.notes());
        return notes;
    }

    private List<Object> health() {
        List<Object> health = new ArrayList<>();
        result.runs().production().value().ifPresent(run -> health.add(health(Columns.PRODUCTION, run)));
        result.runs().twin().value().ifPresent(run -> health.add(health(Columns.TWIN, run)));
        int number = 1;
        for (JudgedRun repeat : result.runs().repeats()) {
            health.add(health("lab, repeat " + number++, repeat));
        }
        result.runs().control().value().ifPresent(run -> health.add(health("control", run)));
        return health;
    }

    private static Map<String, Object> health(String name, JudgedRun run) {
        Health health = run.record().health();
        Health.Evidence evidence = health.evidence();
        return Map.of(
                "run", name,
                "evidence", evidence.needed() ? evidence.found() + " of " + evidence.acknowledged() : "not needed",
                "lag", run.measured() ? Figures.time(health.lagP99()) : "none",
                "cpu", run.measured() ? String.format(Locale.ROOT, "%.0f %%", health.generatorCpu() * 100) : "none",
                "restarts", health.unplannedRestarts(),
                "leftovers", health.leftovers().isEmpty() ? "nothing" : String.join(", ", health.leftovers()));
    }
}
