package dev.poolwright.scan.infra.helm;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.config.ConfigNode.Entries;
import dev.poolwright.scan.config.ConfigNode.Items;
import dev.poolwright.scan.config.ConfigNode.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From places in rendered text back to those in the template and in the values. Not safe for several threads. */
final class Places {

    private static final int DEEPEST = 100;

    private final String template;
    private final List<String> text;
    private final List<Integer> lines;
    private final Marks marks;
    private final Map<Origin, Step> steps = new HashMap<>();

    Places(String template, String text, List<Integer> lines, Marks marks) {
        this.template = template;
        this.text = List.of(text.split("\n", -1));
        this.lines = lines;
        this.marks = marks;
    }

    Map<Origin, Step> steps() {
        return steps;
    }

    ConfigNode moved(ConfigNode node) {
        return moved(node, 0);
    }

    private ConfigNode moved(ConfigNode node, int depth) {
        if (depth > DEEPEST) {
            return Data.NIL;
        }
        return switch (node) {
            case Scalar scalar -> scalar(scalar);
            case Items items -> {
                List<ConfigNode> moved = new ArrayList<>();
                items.items().forEach(item -> moved.add(moved(item, depth + 1)));
                yield new Items(moved, inTemplate(items.origin()));
            }
            case Entries entries -> {
                Map<String, ConfigNode> moved = new LinkedHashMap<>();
                entries.entries().forEach((key, value) -> moved.put(Marks.without(key), moved(value, depth + 1)));
                yield new Entries(moved, inTemplate(entries.origin()));
            }
        };
    }

    private ConfigNode scalar(Scalar scalar) {
        Origin here = inTemplate(scalar.origin());
        int line = scalar.origin().line();
        boolean block = scalar.text().contains("\n");
        Optional<Origin> written =
                line < 1 || line > text.size() || block ? Optional.empty() : marks.in(text.get(line - 1));
        written.ifPresent(origin -> steps.putIfAbsent(origin, new Step("template", here)));
        return new Scalar(Marks.without(scalar.text()), scalar.quoted(), written.orElse(here));
    }

    private Origin inTemplate(Origin rendered) {
        int line = rendered.line();
        return line < 1 || line > lines.size()
                ? new Origin(template, 0, 0)
                : new Origin(template, lines.get(line - 1), rendered.column());
    }
}
