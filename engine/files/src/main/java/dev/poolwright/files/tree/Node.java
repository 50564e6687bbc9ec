package dev.poolwright.files.tree;

import dev.poolwright.model.fleet.Origin;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a YAML document with its place. */
public sealed interface Node permits Node.Text, Node.Items, Node.Entries {

    Origin origin();

    /** What it is, for people. */
    String kind();

    /** A single value, not yet read; {@code absent} when nothing is written or null. */
    record Text(String text, boolean absent, Origin origin) implements Node {
        @Override
        public String kind() {
            return absent ? "nothing" : "a single value";
        }
    }

    /** A list. */
    record Items(List<Node> items, Origin origin) implements Node {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A map, in the order of the file. */
    record Entries(Map<String, Entry> entries, Origin origin) implements Node {
        public Entries {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        public static Entries empty(Origin origin) {
            return new Entries(Map.of(), origin);
        }

        @Override
        public String kind() {
            return "a map";
        }
    }

    /** The value of a key, and where the key stands. */
    record Entry(Origin key, Node value) {}
}
