package dev.poolwright.report;

import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.proof.Comparison;
import dev.poolwright.model.proof.Comparison.Measured;
import dev.poolwright.model.proof.Comparison.Row;
import dev.poolwright.model.proof.JudgedRun;
import dev.poolwright.model.proof.ProofResult;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.run.LoadResult.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of the page that lays prediction beside measurement. */
final class ComparisonView {

    private final ProofResult result;

    ComparisonView(ProofResult result) {
        this.result = result;
    }

    Map<String, Object> view() {
        Map<String, Object> view = new LinkedHashMap<>();
        Optional<Comparison> comparison = result.comparison().value();
        view.put("hasComparison", comparison.isPresent());
        view.put("whyNoComparison", "Not compared: " + result.comparison().why() + ".");
        view.put("comparison", comparison.map(Sentences::comparison).orElse(""));
        boolean interval = comparison.stream()
                .flatMap(one -> one.rows().stream())
                .map(Row::measured)
                .anyMatch(Measured::isInterval);
        view.put("interval", interval ? "95 % interval" : "least to most");
        List<Object> rows = new ArrayList<>();
        comparison.ifPresent(one -> {
            String subject = "";
            for (Row row : one.rows()) {
                rows.add(row(row, one.speed(), row.subject().equals(subject) ? "" : row.subject()));
                subject = row.subject();
            }
        });
        view.put("comparisonRows", rows);
        return view;
    }

    private Map<String, Object> row(Row row, double speed, String subject) {
        Map<String, Object> cells = new LinkedHashMap<>();
        cells.put("subject", subject);
        cells.put("quantity", row.quantity());
        cells.put("production", production(row));
        cells.put("predicted", Figures.of(row.unit(), row.predicted(), speed));
        cells.put("measured", Figures.of(row.unit(), row.measured().mean(), speed));
        cells.put(
                "ends",
                Figures.of(row.unit(), row.measured().low(), speed) + " to "
                        + Figures.of(row.unit(), row.measured().high(), speed));
        cells.put(
                "naive",
                row.naive()
                        .value()
                        .map(figure -> Figures.of(row.unit(), figure, speed))
                        .orElse("–"));
        cells.put("error", Figures.distance(row.unit(), row.error(), speed));
        cells.put("bound", Figures.distance(row.unit(), row.bound(), speed));
        cells.put("within", row.within() ? "within" : "outside");
        cells.put("withinClass", row.within() ? "within" : "outside");
        return cells;
    }

    /** The same quantity in the production prediction, as far as its record says it; cut-off waits are not taken out. */
    private String production(Row row) {
        Optional<JudgedRun> run = result.runs().production().value();
        Optional<LoadResult> load = run.flatMap(one -> one.record().load(row.subject(), Window.WHOLE));
        if (run.isEmpty() || load.isEmpty()) {
            return "–";
        }
        double speed = run.get().record().header().speed();
        LoadResult found = load.get();
        return switch (row.unit()) {
            case SHARE -> Figures.share(found.offered() == 0 ? 0 : (double) cutOff(found) / found.offered());
            case NANOS -> Figures.time(wait(found, row.quantity()) * speed);
            case PER_SECOND -> throughput(run.get(), found);
        };
    }

    private static long cutOff(LoadResult load) {
        return load.count(Outcome.ACQUIRE_TIMEOUT) + load.count(Outcome.GAVE_UP);
    }

    private static double wait(LoadResult load, String quantity) {
        String what = quantity.substring(quantity.lastIndexOf(' ') + 1);
        return what.equals("mean")
                ? load.acquireWait().meanNanos()
                : (double) load.acquireWait().percentileNanos(Double.parseDouble(what.substring(1)));
    }

    private String throughput(JudgedRun run, LoadResult load) {
        double speed = run.record().header().speed();
        double seconds = (run.record().header().durationNanos() - result.plan().warmUpNanos()) * speed / 1e9;
        return Figures.of(Comparison.Unit.PER_SECOND, load.count(Outcome.SUCCEEDED) / seconds, 1);
    }
}
