package dev.poolwright.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.finding.Masked;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Value;
import java.util.Locale;

/** The pools of a source tree as JSON: each setting with its place and the way it was resolved. Values that are secret are masked. */
final class PoolsJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PoolsJson() {}

    /** In order of place; those in tests and examples say so. */
    static ArrayNode of(Facts facts) {
        ArrayNode pools = MAPPER.createArrayNode();
        for (DeclaredPool pool : facts.of(DeclaredPool.class)) {
            ObjectNode one = pools.addObject();
            one.put("name", pool.name());
            one.put("at", place(pool.origin()));
            one.put("in", pool.place().name().toLowerCase(Locale.ROOT));
            put(one, "library", pool.stack().library());
            put(one, "version", pool.stack().version());
            put(one, "driver", pool.stack().driver());
            put(one, "runtime", pool.stack().runtime());
            one.put(
                    "made",
                    switch (pool.scope()) {
                        case PROCESS -> "once in each process";
                        case KEY -> "once for each key";
                        case CALL -> "by each call";
                    });
            if (!pool.kind().possible().equals(java.util.List.of(""))) {
                one.set("class", value("class", pool.kind()));
            }
            one.set("url", value("url", pool.url()));
            ObjectNode settings = one.putObject("settings");
            pool.settings().forEach((name, setting) -> settings.set(name, value(name, setting)));
        }
        return pools;
    }

    private static void put(ObjectNode node, String key, String text) {
        if (!text.isEmpty()) {
            node.put(key, text);
        }
    }

    private static ObjectNode value(String name, Value<?> value) {
        ObjectNode node = MAPPER.createObjectNode();
        switch (value) {
            case Value.Known<?> known -> plain(node, "value", name, known.value());
            case Value.Default<?> standard -> {
                plain(node, "value", name, standard.value());
                node.put("default_of", (standard.library() + " " + standard.versions()).strip());
            }
            case Value.Between<?> range -> {
                plain(node, "from", name, range.low());
                plain(node, "to", name, range.high());
                node.put("why", range.why());
            }
            case Value.OneOf<?> several -> {
                ArrayNode cases = node.putArray("one_of");
                several.cases().forEach(one -> {
                    ObjectNode entry = value(name, one.value());
                    entry.put("when", one.condition());
                    cases.add(entry);
                });
            }
            case Value.Unknown<?> unknown -> {
                node.put("unknown", unknown.why());
                node.put("settled_by", unknown.settledBy());
            }
        }
        if (!value.origin().file().isEmpty()) {
            node.put("at", place(value.origin()));
        }
        if (!value.trail().isEmpty()) {
            ArrayNode through = node.putArray("through");
            value.trail().forEach(step -> {
                ObjectNode entry = through.addObject();
                entry.put("what", Masked.text(step.what()));
                entry.put("at", place(step.origin()));
            });
        }
        return node;
    }

    private static void plain(ObjectNode node, String key, String name, Object value) {
        switch (value) {
            case Long whole -> node.put(key, whole);
            case Integer whole -> node.put(key, whole);
            case Double real -> node.put(key, real);
            case Boolean truth -> node.put(key, truth);
            default -> node.put(key, Masked.value(name, value.toString()));
        }
    }

    private static String place(Origin origin) {
        return origin.line() == 0 ? origin.file() : origin.file() + ":" + origin.line();
    }
}
