package dev.poolwright.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.poolwright.model.run.Happening;
import dev.poolwright.model.run.Health;
import dev.poolwright.model.run.Histogram;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.run.Series;
import java.util.List;
import java.util.Locale;

/** Writes the tree of a run record, field by field, so that renaming a Java name never changes the public format. */
final class RunRecordJson {

    private RunRecordJson() {}

    static ObjectNode envelope(ObjectMapper mapper, Envelope envelope) {
        return mapper.createObjectNode()
                .put("tool", "poolwright")
                .put("version", envelope.version())
                .put("host", envelope.host())
                .put("started_at", envelope.startedAt().toString())
                .put("java", envelope.java());
    }

    static ObjectNode body(ObjectMapper mapper, RunRecord record) {
        ObjectNode body = mapper.createObjectNode();
        body.put("source", record.source());
        RunRecord.Header header = record.header();
        body.putObject("header")
                .put("fleet", header.fleet())
                .put("environment", header.environment())
                .put("scenario", header.scenario())
                .put("seed", header.seed())
                .put("speed", header.speed())
                .put("duration_nanos", header.durationNanos())
                .put("plan_digest", header.planDigest());
        body.put("bin_nanos", record.binNanos());
        ArrayNode series = body.putArray("series");
        record.series().forEach(one -> series(series.addObject(), one));
        ArrayNode loads = body.putArray("loads");
        record.loads().forEach(one -> load(loads.addObject(), one));
        ArrayNode happenings = body.putArray("happenings");
        record.happenings().forEach(one -> happening(happenings.addObject(), one));
        health(body.putObject("health"), record.health());
        return body;
    }

    private static void series(ObjectNode node, Series series) {
        node.put("name", series.name());
        ArrayNode values = node.putArray("values");
        series.values().forEach(value -> values.add(value.longValue()));
    }

    private static void load(ObjectNode node, LoadResult load) {
        node.put("load", load.load())
                .put("window", load.window().name().toLowerCase(Locale.ROOT))
                .put("offered", load.offered());
        ObjectNode outcomes = node.putObject("outcomes");
        load.outcomes().forEach((outcome, count) -> outcomes.put(outcome.name().toLowerCase(Locale.ROOT), count));
        node.put("attempts", load.attempts());
        histogram(node.putArray("acquire_wait_nanos"), load.acquireWait());
        histogram(node.putArray("latency_nanos"), load.latency());
    }

    /** Pairs of value and count. */
    private static void histogram(ArrayNode node, Histogram histogram) {
        histogram.bins().forEach(bin -> node.addArray().add(bin.nanos()).add(bin.count()));
    }

    private static void happening(ObjectNode node, Happening happening) {
        node.put("kind", happening.link().kind().word())
                .put("subject", happening.link().subject())
                .put("first_nanos", happening.firstNanos())
                .put("last_nanos", happening.lastNanos())
                .put("count", happening.count())
                .put("detail", happening.detail());
    }

    private static void health(ObjectNode node, Health health) {
        Health.Evidence evidence = health.evidence();
        node.putObject("evidence")
                .put("needed", evidence.needed())
                .put("acknowledged", evidence.acknowledged())
                .put("found", evidence.found())
                .put("unexpected", evidence.unexpected());
        node.put("lag_p99_nanos", health.lagP99().toNanos())
                .put("generator_cpu", health.generatorCpu())
                .put("unplanned_restarts", health.unplannedRestarts());
        texts(node.putArray("leftovers"), health.leftovers());
        texts(node.putArray("unmodelled"), health.unmodelled());
    }

    private static void texts(ArrayNode node, List<String> texts) {
        texts.forEach(node::add);
    }
}
