package dev.poolwright.files.fleet;

import static dev.poolwright.files.tree.Forms.MOST;

import dev.poolwright.files.tree.Form;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.files.tree.Section;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Path;
import dev.poolwright.model.fleet.Pooler;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.policy.Wait;
import java.time.Duration;
import java.util.Map;

/** Reads paths and poolers. */
final class NodesReader {

    private static final Map<String, Pooler.Mode> MODES = Map.of(
            "session", Pooler.Mode.SESSION, "transaction", Pooler.Mode.TRANSACTION, "statement", Pooler.Mode.STATEMENT);
    private static final Form<Integer> TRACKED = new Form<>(
            "a whole number from 1 to 100000, or none",
            text -> text.equals("none")
                    ? Integer.valueOf(0)
                    : Forms.count(1, MOST).read(text));

    private NodesReader() {}

    static Path path(String name, Section section) {
        Path path = new Path(
                name,
                section.get("latency", Forms.DURATION, Duration.ZERO),
                section.value("connections", Forms.limit(1), new Value.Default<>(Limit.unlimited(), "the format", "1")),
                section.get("buffer", Forms.count(0, MOST), 0),
                bandwidth(section),
                section.get("scale_out_delay", Forms.DURATION, Duration.ZERO),
                section.get("stress_latency", Forms.DURATION, Duration.ZERO),
                section.get("idle_cut_off", Forms.TIME_LIMIT, Wait.forever()),
                section.origin());
        section.done();
        return path;
    }

    private static Path.Bandwidth bandwidth(Section section) {
        if (!section.has("bandwidth")) {
            return Path.Bandwidth.NOT_SAID;
        }
        if (section.isSingle("bandwidth")) {
            long only = section.get("bandwidth", Forms.BANDWIDTH, 0L);
            return new Path.Bandwidth(only, only);
        }
        Section bandwidth = section.child("bandwidth");
        long baseline = bandwidth.need("baseline", Forms.BANDWIDTH, 0L);
        long maximum = bandwidth.get("maximum", Forms.BANDWIDTH, baseline);
        if (maximum < baseline) {
            bandwidth.wrong(
                    "maximum", "less than the baseline", maximum + " bit/s", "at least " + baseline + " bit/s", "");
            maximum = baseline;
        }
        bandwidth.done();
        return new Path.Bandwidth(baseline, maximum);
    }

    static Pooler pooler(String name, Section section, Names names) {
        Pooler pooler = new Pooler(
                name,
                section.need("to", Targets.among(names.targets()), Targets.NOWHERE),
                section.get("path", Form.name("path", names.paths()), ""),
                section.get("mode", Form.word("mode", MODES), Pooler.Mode.SESSION),
                section.value("pool_size", Forms.count(1, MOST), pgBouncer(20)),
                section.value("reserve", Forms.count(0, MOST), pgBouncer(0)),
                section.value("clients", Forms.limit(1), pgBouncer(Limit.atMost(100))),
                section.value("query_wait", Forms.TIME_LIMIT, pgBouncer(Wait.atMost(Duration.ofMinutes(2)))),
                section.get("prepared_statements", TRACKED, 200),
                section.origin());
        section.done();
        return pooler;
    }

    /** As PgBouncer 1.25.2's doc/config.md says. */
    private static <T> Value<T> pgBouncer(T value) {
        return new Value.Default<>(value, "pgbouncer", "1.25");
    }
}
