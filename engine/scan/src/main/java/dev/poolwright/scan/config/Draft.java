package dev.poolwright.scan.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A map while it is read, for the formats that come back to a map that they have left. Counts itself and its depth. */
final class Draft {

    private final ConfigText text;
    private final int at;
    private final int depth;
    private final Map<String, Slot> slots = new LinkedHashMap<>();

    private Draft(ConfigText text, int at, int depth) throws UnreadableConfig {
        this.text = text;
        this.at = at;
        this.depth = depth;
        text.checkDepth(depth, at);
        text.count(1, text.origin(at));
    }

    /** What stands under one key. */
    private static final class Slot {
        final List<Supplier<ConfigNode>> parts = new ArrayList<>(1);
        boolean list;

        @Nullable
        Draft last;

        ConfigNode finish() {
            List<ConfigNode> nodes = parts.stream().map(Supplier::get).toList();
            return list || nodes.size() > 1
                    ? new ConfigNode.Items(nodes, nodes.get(0).origin())
                    : nodes.get(0);
        }
    }

    static Draft at(ConfigText text, int at, int depth) throws UnreadableConfig {
        return new Draft(text, at, depth);
    }

    int depth() {
        return depth;
    }

    /** In place of what was there. */
    void put(String key, ConfigNode node) {
        Slot slot = new Slot();
        slot.parts.add(() -> node);
        slots.put(key, slot);
    }

    /** Beside what was there: the second makes a list of both. */
    void add(String key, ConfigNode node) {
        Slot slot = slots.computeIfAbsent(key, one -> new Slot());
        slot.parts.add(() -> node);
        slot.last = null;
    }

    /** The map under a key, the last where there are several, a new one where there is none. */
    Draft child(String key, int place) throws UnreadableConfig {
        Slot slot = slots.get(key);
        return slot != null && slot.last != null ? slot.last : another(key, place);
    }

    /** A further map under a key: the second makes a list of both. */
    Draft another(String key, int place) throws UnreadableConfig {
        Draft draft = new Draft(text, place, depth + 1);
        Slot slot = slots.computeIfAbsent(key, one -> new Slot());
        slot.parts.add(draft::finish);
        slot.last = draft;
        return draft;
    }

    /** A further map in the list under a key. */
    Draft item(String key, int place) throws UnreadableConfig {
        Draft draft = another(key, place);
        slots.computeIfAbsent(key, one -> new Slot()).list = true;
        return draft;
    }

    ConfigNode.Entries finish() {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        slots.forEach((key, slot) -> entries.put(key, slot.finish()));
        return new ConfigNode.Entries(entries, text.origin(at));
    }
}
