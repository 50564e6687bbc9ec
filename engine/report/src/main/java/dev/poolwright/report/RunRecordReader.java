package dev.poolwright.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.run.Happening;
import dev.poolwright.model.run.Health;
import dev.poolwright.model.run.Histogram;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.run.LoadResult.Outcome;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.run.Series;
import dev.poolwright.model.verdict.Link;
import dev.poolwright.model.verdict.LinkKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Reads the body of a run record; what is missing or of another kind is an error that names the field. */
final class RunRecordReader {

    private final JsonNode body;

    RunRecordReader(JsonNode body) {
        this.body = body;
    }

    RunRecord record() {
        return new RunRecord(
                text(body, "source"),
                header(at(body, "header")),
                number(body, "bin_nanos"),
                list(body, "series", RunRecordReader::series),
                list(body, "loads", RunRecordReader::load),
                list(body, "happenings", RunRecordReader::happening),
                health(at(body, "health")));
    }

    private static RunRecord.Header header(JsonNode node) {
        return new RunRecord.Header(
                text(node, "fleet"),
                text(node, "environment"),
                text(node, "scenario"),
                number(node, "seed"),
                fraction(node, "speed"),
                number(node, "duration_nanos"),
                text(node, "plan_digest"));
    }

    private static Series series(JsonNode node) {
        return new Series(text(node, "name"), list(node, "values", JsonNode::longValue));
    }

    private static LoadResult load(JsonNode node) {
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        at(node, "outcomes")
                .properties()
                .forEach(entry -> outcomes.put(
                        word(Outcome.class, "outcomes", entry.getKey()),
                        entry.getValue().longValue()));
        return new LoadResult(
                text(node, "load"),
                word(Window.class, "window", text(node, "window")),
                number(node, "offered"),
                outcomes,
                number(node, "attempts"),
                histogram(node, "acquire_wait_nanos"),
                histogram(node, "latency_nanos"));
    }

    private static Histogram histogram(JsonNode node, String field) {
        return new Histogram(list(
                node,
                field,
                bin -> new Histogram.Bin(bin.path(0).longValue(), bin.path(1).longValue())));
    }

    private static Happening happening(JsonNode node) {
        String kind = text(node, "kind");
        return new Happening(
                new Link(LinkKind.of(kind).orElseThrow(() -> unknown("kind", kind)), text(node, "subject")),
                number(node, "first_nanos"),
                number(node, "last_nanos"),
                number(node, "count"),
                text(node, "detail"));
    }

    private static Health health(JsonNode node) {
        JsonNode evidence = at(node, "evidence");
        return new Health(
                new Health.Evidence(
                        at(evidence, "needed").booleanValue(),
                        number(evidence, "acknowledged"),
                        number(evidence, "found"),
                        number(evidence, "unexpected")),
                Duration.ofNanos(number(node, "lag_p99_nanos")),
                fraction(node, "generator_cpu"),
                Math.toIntExact(number(node, "unplanned_restarts")),
                list(node, "leftovers", JsonNode::textValue),
                list(node, "unmodelled", JsonNode::textValue));
    }

    private static JsonNode at(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            throw new IllegalArgumentException("run record: " + field + ": missing; see docs/run-record.md");
        }
        return value;
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = at(node, field);
        if (!value.isTextual()) {
            throw unknown(field, value.toString());
        }
        return value.textValue();
    }

    private static long number(JsonNode node, String field) {
        JsonNode value = at(node, field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw unknown(field, value.toString());
        }
        return value.longValue();
    }

    private static double fraction(JsonNode node, String field) {
        JsonNode value = at(node, field);
        if (!value.isNumber()) {
            throw unknown(field, value.toString());
        }
        return value.doubleValue();
    }

    private static <T> List<T> list(JsonNode node, String field, Function<JsonNode, T> element) {
        JsonNode array = at(node, field);
        if (!array.isArray()) {
            throw unknown(field, "something that is no list");
        }
        List<T> list = new ArrayList<>();
        array.forEach(one -> list.add(element.apply(one)));
        return list;
    }

    private static <E extends Enum<E>> E word(Class<E> type, String field, String word) {
        for (E one : type.getEnumConstants()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(word)) {
                return one;
            }
        }
        throw unknown(field, word);
    }

    private static IllegalArgumentException unknown(String field, String value) {
        return new IllegalArgumentException(
                "run record: " + field + " = " + value + ": not allowed there; see docs/run-record.md");
    }
}
