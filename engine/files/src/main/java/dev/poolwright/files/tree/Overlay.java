package dev.poolwright.files.tree;

import java.util.LinkedHashMap;
import java.util.Map;

/** One tree laid over another: maps merge, lists and single values replace. */
public final class Overlay {

    private Overlay() {}

    public static Node apply(Node base, Node over) {
        if (over instanceof Node.Entries nothing && nothing.entries().isEmpty()) {
            return base;
        }
        if (!(base instanceof Node.Entries low) || !(over instanceof Node.Entries high)) {
            return over;
        }
        Map<String, Node.Entry> merged = new LinkedHashMap<>(low.entries());
        high.entries()
                .forEach((key, entry) -> merged.merge(
                        key, entry, (was, is) -> new Node.Entry(is.key(), apply(was.value(), is.value()))));
        return new Node.Entries(merged, low.origin());
    }

    /** The tree without one of its keys. */
    public static Node without(Node base, String... keys) {
        if (!(base instanceof Node.Entries map)) {
            return base;
        }
        Map<String, Node.Entry> rest = new LinkedHashMap<>(map.entries());
        for (String key : keys) {
            rest.remove(key);
        }
        return new Node.Entries(rest, map.origin());
    }
}
