package dev.poolwright.scan.config;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.scan.tree.SourceText;
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
 * YAML with any number of documents. An alias is the very node that it names, so it costs nothing; what walks the tree
 * afterwards is kept from bombs by {@link #MOST_NODES}. Tags are ignored.
 */
final class Yaml {

    private static final int DEEPEST = 100;
    static final int MOST_NODES = 500_000;

    private final SourceText text;
    private final ParserImpl events;
    private final Map<String, ConfigNode> anchors = new HashMap<>();
    private int nodes;

    private Yaml(SourceText text) {
        this.text = text;
        LoadSettings settings = LoadSettings.builder()
                .setLabel(text.file())
                .setUseMarks(true)
                .setCodePointLimit(64 << 20)
                .build();
        this.events = new ParserImpl(settings, new StreamReader(settings, text.text()));
    }

    static List<ConfigNode> read(SourceText text) throws UnreadableConfig {
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
        if (++nodes > MOST_NODES || depth > DEEPEST) {
            throw new UnreadableConfig("more than " + MOST_NODES + " values or " + DEEPEST + " levels", at(event));
        }
        if (event instanceof AliasEvent alias) {
            ConfigNode named = anchors.get(alias.getAlias().getValue());
            return named == null ? new ConfigNode.Scalar("", false, at(event)) : named;
        }
        ConfigNode node = switch (event.getEventId()) {
            case Scalar -> {
                ScalarEvent scalar = (ScalarEvent) event;
                boolean quoted = scalar.getScalarStyle() == ScalarStyle.SINGLE_QUOTED
                        || scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED;
                yield new ConfigNode.Scalar(scalar.getValue(), quoted, at(event));
            }
            case SequenceStart -> items(event, depth);
            default -> entries(event, depth);
        };
        if (event instanceof NodeEvent named && named.getAnchor().isPresent()) {
            anchors.put(named.getAnchor().get().getValue(), node);
        }
        return node;
    }

    private ConfigNode items(Event start, int depth) throws UnreadableConfig {
        List<ConfigNode> items = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            items.add(node(next, depth + 1));
        }
        return new ConfigNode.Items(items, at(start));
    }

    private ConfigNode entries(Event start, int depth) throws UnreadableConfig {
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
        return new ConfigNode.Entries(entries, at(start));
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

    private static Origin at(SourceText text, Mark mark) {
        return new Origin(text.file(), mark.getLine() + 1, mark.getColumn() + 1);
    }
}
