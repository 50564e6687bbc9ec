package dev.poolwright.files.fleet;

import dev.poolwright.files.problem.Problem;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.files.tree.Section;
import dev.poolwright.model.fleet.Distribution;
import dev.poolwright.model.fleet.Hold;
import dev.poolwright.model.fleet.Work;
import java.time.Duration;
import java.util.Optional;

/** Reads how long a connection is held: {@code hold: 12ms}, {@code hold: {measured: file}} or in full. */
final class HoldReader {

    static final Distribution NOTHING = Distribution.constant(Duration.ZERO);

    /** Work in the database counts in full as work of its processors where nothing else is said: the careful side. */
    private static final double ON_CPU = 1;

    private final MeasuredFile measured;
    private final WorkReader works;

    HoldReader(MeasuredFile measured, WorkReader works) {
        this.measured = measured;
        this.works = works;
    }

    /** What is done in the database meanwhile. */
    Work work(Section load) {
        return works.read(load);
    }

    Hold hold(Section parent, String key) {
        if (!parent.has(key)) {
            parent.missing(key, "a time, or {in_database: …, outside: …, on_cpu: …}, or {measured: file}");
            return new Hold(NOTHING, NOTHING, ON_CPU);
        }
        if (parent.isSingle(key)) {
            Duration time = parent.get(key, Forms.DURATION, Duration.ZERO);
            return new Hold(Distribution.constant(time), NOTHING, ON_CPU);
        }
        Section section = parent.child(key);
        double onCpu = section.get("on_cpu", Forms.SHARE, ON_CPU);
        Hold hold = section.has("measured")
                ? new Hold(measured.read(section, "measured").orElse(NOTHING), NOTHING, onCpu)
                : new Hold(
                        distribution(section, "in_database").orElse(NOTHING),
                        distribution(section, "outside").orElse(NOTHING),
                        onCpu);
        section.done();
        return hold;
    }

    private Optional<Distribution> distribution(Section parent, String key) {
        if (!parent.has(key)) {
            return Optional.empty();
        }
        if (parent.isSingle(key)) {
            return parent.find(key, Forms.DURATION).map(Distribution::constant);
        }
        Section section = parent.child(key);
        Optional<Distribution> read = Optional.empty();
        if (section.has("lognormal")) {
            read = lognormal(section.child("lognormal"));
        } else if (section.has("exponential")) {
            read = exponential(section);
        } else if (section.has("uniform")) {
            read = uniform(section.child("uniform"));
        } else if (section.has("measured")) {
            read = measured.read(section, "measured");
        } else if (section.has("constant")) {
            read = section.find("constant", Forms.DURATION).map(Distribution::constant);
        } else {
            section.problems()
                    .add(new Problem(
                            "no distribution",
                            section.name(),
                            "",
                            section.origin(),
                            "constant, lognormal, exponential, uniform, measured",
                            ""));
        }
        section.done();
        return read;
    }

    private static Optional<Distribution> lognormal(Section section) {
        Duration mean = section.need("mean", Forms.SOME_TIME, Duration.ofMillis(1));
        Duration p99 = section.need("p99", Forms.SOME_TIME, mean);
        section.done();
        try {
            return Optional.of(new Distribution.Lognormal(mean, p99));
        } catch (IllegalArgumentException e) {
            String shown = section.has("p99") ? p99.toNanos() / 1e6 + "ms" : "";
            section.wrong("p99", "no such lognormal", shown, "from 1 to 14.9 times the mean", "");
            return Optional.empty();
        }
    }

    private static Optional<Distribution> exponential(Section section) {
        if (section.isSingle("exponential")) {
            return section.find("exponential", Forms.SOME_TIME).map(Distribution.Exponential::new);
        }
        Section exponential = section.child("exponential");
        Duration mean = exponential.need("mean", Forms.SOME_TIME, Duration.ofMillis(1));
        exponential.done();
        return Optional.of(new Distribution.Exponential(mean));
    }

    private static Optional<Distribution> uniform(Section section) {
        Duration low = section.need("low", Forms.DURATION, Duration.ZERO);
        Duration high = section.need("high", Forms.DURATION, low);
        section.done();
        if (high.compareTo(low) < 0) {
            section.wrong("high", "below low", high.toNanos() / 1e6 + "ms", "at least low", "");
            return Optional.empty();
        }
        return Optional.of(new Distribution.Uniform(low, high));
    }
}
