package dev.poolwright.scan.config;

import dev.poolwright.model.fleet.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * YAML with any number of documents, and templates of it as far as {@link Templates} make them readable. An alias is the very
 * node that it names, but its values and levels are counted each time, so that a bomb ends here and not in what walks the tree.
 * Tags are ignored.
 */
final class Yaml {

    private final ConfigText text;
    private final ParserImpl events;
    private final Map<String, Anchor> anchors = new HashMap<>();
    private int deepest;

    /** A node that aliases name, with the values and the levels that each alias repeats. */
    private record Anchor(ConfigNode node, long values, int levels) {}

    private Yaml(ConfigText text) {
        this.text = text;
        LoadSettings settings = LoadSettings.builder()
                .setLabel(text.file())
                .setUseMarks(true)
                .setCodePointLimit(64 << 20)
                .build();
        this.events = new ParserImpl(settings, new StreamReader(settings, Templates.lift(text.text())));
    }

    static List<ConfigNode> read(ConfigText text) throws UnreadableConfig {
        try {
            return new Yaml(text).documents();
        } catch (MarkedYamlEngineException broken) {
            Origin origin = broken.getProblemMark().map(mark -> at(text, mark)).orElse(new Origin(text.file(), 0, 0));
            throw new UnreadableConfig("not YAML: " + broken.getProblem(), origin);
        } catch (YamlEngineException broken) {
            String first =
                    String.valueOf(broken.getMessage()).lines().findFirst().orElse("");
            throw new UnreadableConfig("not YAML: " + first, new Origin(text.file(), 0, 0));
        }
    }

    private List<ConfigNode> documents() throws UnreadableConfig {
        List<ConfigNode> documents = new ArrayList<>();
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart) {
                anchors.clear();
                documents.add(node(events.next(), 1));
            }
        }
        return documents;
    }

    private ConfigNode node(Event event, int depth) throws UnreadableConfig {
        long before = text.values();
        int deepestBefore = deepest;
        deepest = depth;
        Origin origin = at(event);
        text.checkDepth(depth, origin);
        text.count(1, origin);
        if (event instanceof AliasEvent alias) {
            return named(alias, depth, deepestBefore);
        }
        ConfigNode node = switch (event.getEventId()) {
            case Scalar -> {
                ScalarEvent scalar = (ScalarEvent) event;
                boolean quoted = scalar.getScalarStyle() == ScalarStyle.SINGLE_QUOTED
                        || scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED;
                yield new ConfigNode.Scalar(Templates.plain(scalar.getValue()), quoted, origin);
            }
            case SequenceStart -> items(origin, depth);
            default -> entries(origin, depth);
        };
        if (event instanceof NodeEvent named && named.getAnchor().isPresent()) {
            Anchor anchor = new Anchor(node, text.values() - before, deepest - depth);
            anchors.put(named.getAnchor().get().getValue(), anchor);
        }
        deepest = Math.max(deepest, deepestBefore);
        return node;
    }

    private ConfigNode named(AliasEvent alias, int depth, int deepestBefore) throws UnreadableConfig {
        Anchor anchor = anchors.get(alias.getAlias().getValue());
        if (anchor == null) {
            deepest = Math.max(depth, deepestBefore);
            return new ConfigNode.Scalar("", false, at(alias));
        }
        text.checkDepth(depth + anchor.levels(), at(alias));
        text.count(anchor.values(), at(alias));
        deepest = Math.max(depth + anchor.levels(), deepestBefore);
        return anchor.node();
    }

    private ConfigNode items(Origin start, int depth) throws UnreadableConfig {
        List<ConfigNode> items = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            items.add(node(next, depth + 1));
        }
        return new ConfigNode.Items(items, start);
    }

    private ConfigNode entries(Origin start, int depth) throws UnreadableConfig {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
            ConfigNode key = node(next, depth + 1);
            ConfigNode value = node(events.next(), depth + 1);
            String name = key instanceof ConfigNode.Scalar scalar ? scalar.text() : "";
            if (name.equals("<<")) {
                merge(entries, value);
            } else {
                entries.put(name, value);
            }
        }
        return new ConfigNode.Entries(entries, start);
    }

    private static void merge(Map<String, ConfigNode> entries, ConfigNode merged) {
        if (merged instanceof ConfigNode.Entries map) {
            map.entries().forEach(entries::putIfAbsent);
        } else if (merged instanceof ConfigNode.Items several) {
            several.items().forEach(one -> merge(entries, one));
        }
    }

    private Origin at(Event event) {
        return event.getStartMark().map(mark -> at(text, mark)).orElse(new Origin(text.file(), 0, 0));
    }

    private static Origin at(ConfigText text, Mark mark) {
        return new Origin(text.file(), mark.getLine() + 1, mark.getColumn() + 1);
    }
}
