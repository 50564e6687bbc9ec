package dev.poolwright.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.proof.JudgedRun;
import dev.poolwright.model.proof.ProofReport;
import dev.poolwright.model.proof.ProofResult;
import dev.poolwright.model.run.Histogram;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.run.Series;
import dev.poolwright.model.scenario.Fault;
import dev.poolwright.model.verdict.Chain.Joint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the script of the page draws: one block of JSON, times in seconds of the plan. */
final class ChartData {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    /** Upper ends of the bins of waits in milliseconds of the plan; the last bin takes what is longer. */
    private static final long[] WAIT_BINS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000};

    private ChartData() {}

    /** Safe between script tags: {@code <} is written as an escape, so nothing in it can end the block. */
    static String json(ProofReport report) {
        ObjectNode root = MAPPER.createObjectNode();
        ArrayNode pairs = root.putArray("pairs");
        report.results().forEach(result -> pair(pairs.addObject(), result));
        try {
            return MAPPER.writeValueAsString(root).replace("<", "\\u003c").replace(">", "\\u003e");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain nodes can always be written", e);
        }
    }

    private static void pair(ObjectNode node, ProofResult result) {
        Map<String, JudgedRun> columns = columns(result);
        ArrayNode drawn = node.putArray("columns");
        columns.forEach((name, run) -> column(drawn.addObject().put("name", name), run, result));
        node.put("first", Math.max(0, columns.size() - 1));
        waits(node.putObject("waits"), columns);
    }

    /** The runs to draw, by the name of their column. */
    static Map<String, JudgedRun> columns(ProofResult result) {
        Map<String, JudgedRun> columns = new LinkedHashMap<>();
        result.runs().production().value().ifPresent(run -> columns.put(Columns.PRODUCTION, run));
        result.runs().twin().value().ifPresent(run -> columns.put(Columns.TWIN, run));
        if (!result.runs().repeats().isEmpty()) {
            columns.put(Columns.LAB, RunLines.telling(result.runs().repeats()));
        }
        return columns;
    }

    private static void column(ObjectNode node, JudgedRun run, ProofResult result) {
        RunRecord record = run.record();
        double speed = record.header().speed();
        double planSpeed = result.runs()
                .production()
                .value()
                .map(one -> one.record().header().speed())
                .orElse(speed);
        node.put("duration", seconds(record.header().durationNanos() * speed));
        node.put("warmUp", seconds(result.plan().warmUpNanos() * planSpeed));
        ArrayNode faults = node.putArray("faults");
        for (Fault fault : result.plan().faults()) {
            faults.addObject()
                    .put("from", seconds(fault.at().toNanos() * planSpeed))
                    .put("to", seconds(fault.end().toNanos() * planSpeed))
                    .put("label", fault.word() + " " + fault.on());
        }
        ArrayNode chain = node.putArray("chain");
        for (Joint joint : run.verdict().chain().joints()) {
            chain.addObject()
                    .put("at", seconds(joint.atNanos() * speed))
                    .put("label", joint.link().toString());
        }
        ArrayNode strips = node.putArray("strips");
        Strips.of(record).forEach(strip -> strip(strips.addObject(), strip, record));
    }

    private static void strip(ObjectNode node, Strips.Strip strip, RunRecord record) {
        node.put("title", strip.title()).put("whole", !strip.counts());
        ArrayNode lines = node.putArray("lines");
        double bin = record.binNanos() * record.header().speed() / 1e9;
        for (Strips.Line line : strip.lines()) {
            ObjectNode drawn = lines.addObject().put("name", line.name()).put("limit", line.limit());
            ArrayNode points = drawn.putArray("points");
            Series series = line.series();
            // Counts are of one bin; a level is sampled at its bin's end.
            List<Downsampling.Point> kept =
                    strip.counts() ? Downsampling.counts(series.values()) : Downsampling.level(series.values());
            for (Downsampling.Point point : kept) {
                points.addArray()
                        .add(rounded((point.bin() + (strip.counts() ? 0 : 1)) * bin))
                        .add(rounded(strip.counts() ? point.value() / bin : point.value()));
            }
        }
    }

    private static void waits(ObjectNode node, Map<String, JudgedRun> columns) {
        ArrayNode bins = node.putArray("bins");
        for (long millis : WAIT_BINS) {
            bins.add("≤ " + Figures.time(millis * 1e6));
        }
        bins.add("longer");
        ArrayNode lines = node.putArray("lines");
        columns.forEach((name, run) -> shares(lines.addObject().put("name", name), run.record()));
    }

    private static void shares(ObjectNode node, RunRecord record) {
        long[] counts = new long[WAIT_BINS.length + 1];
        long sum = 0;
        for (LoadResult load : record.loads(Window.WHOLE)) {
            for (Histogram.Bin bin : load.acquireWait().bins()) {
                int place = 0;
                while (place < WAIT_BINS.length && bin.nanos() * record.header().speed() > WAIT_BINS[place] * 1e6) {
                    place++;
                }
                counts[place] += bin.count();
                sum += bin.count();
            }
        }
        ArrayNode shares = node.putArray("shares");
        for (int place = 0; sum > 0 && place < counts.length; place++) {
            shares.add(Math.round(1e5 * counts[place] / sum) / 1e5);
        }
    }

    private static double seconds(double nanos) {
        return rounded(nanos / 1e9);
    }

    /** To thousandths: finer than a screen, and short. */
    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
