package dev.poolwright.files.fleet;

import dev.poolwright.files.tree.Form;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.files.tree.Section;
import dev.poolwright.model.fleet.Objective;
import java.util.ArrayList;
import java.util.List;

/** Reads objectives: a plain map counts for the whole run; {@code during} and {@code after} are windows of a scenario. */
public final class ObjectivesReader {

    private static final Form<Double> TIME = new Form<>(Forms.SOME_TIME.allowed(), text ->
            (double) Forms.SOME_TIME.read(text).toNanos());

    private ObjectivesReader() {}

    /** Objectives without a window. */
    static List<Objective> plain(Section section) {
        List<Objective> objectives = window(section, Objective.Window.WHOLE);
        section.done();
        return objectives;
    }

    /** Objectives with or without windows. */
    public static List<Objective> windows(Section section) {
        List<Objective> objectives = new ArrayList<>(window(section, Objective.Window.WHOLE));
        for (Objective.Window window : Objective.Window.values()) {
            String key = window.name().toLowerCase(java.util.Locale.ROOT);
            Section part = section.child(key);
            objectives.addAll(window(part, window));
            part.done();
        }
        section.done();
        return objectives;
    }

    private static List<Objective> window(Section section, Objective.Window window) {
        List<Objective> objectives = new ArrayList<>();
        for (Objective.Metric metric : Objective.Metric.values()) {
            section.find(metric.key(), form(metric))
                    .ifPresent(bound ->
                            objectives.add(new Objective(metric, bound, window, section.originOf(metric.key()))));
        }
        return objectives;
    }

    private static Form<Double> form(Objective.Metric metric) {
        return switch (metric.unit()) {
            case TIME -> TIME;
            case SHARE -> Forms.SHARE;
            case NUMBER -> Forms.CORES;
        };
    }
}
