package dev.poolwright.files.fleet;

import dev.poolwright.files.tree.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a fleet file defines, by name, so that every reference can be checked where it stands. */
record Names(
        Set<String> servers,
        Set<String> poolers,
        Set<String> paths,
        Map<String, Set<String>> poolsOf,
        Map<String, Set<String>> loadsOf,
        Map<String, Set<String>> processesOf) {

    static Names of(Node root) {
        Map<String, Set<String>> pools = new LinkedHashMap<>();
        Map<String, Set<String>> loads = new LinkedHashMap<>();
        Map<String, Set<String>> processes = new LinkedHashMap<>();
        for (String service : keys(root, "services")) {
            pools.put(service, keys(root, "services", service, "pools"));
            loads.put(service, keys(root, "services", service, "load"));
            processes.put(service, keys(root, "services", service, "processes"));
        }
        return new Names(keys(root, "servers"), keys(root, "poolers"), keys(root, "paths"), pools, loads, processes);
    }

    /** Everything that a pool can connect to. */
    List<String> targets() {
        List<String> targets = new ArrayList<>(servers);
        targets.addAll(poolers);
        return targets;
    }

    Set<String> pools(String service) {
        return poolsOf.getOrDefault(service, Set.of());
    }

    private static Set<String> keys(Node root, String... path) {
        Node at = root;
        for (String key : path) {
            Node.Entry entry = at instanceof Node.Entries map ? map.entries().get(key) : null;
            if (entry == null) {
                return Set.of();
            }
            at = entry.value();
        }
        return at instanceof Node.Entries map
                ? new LinkedHashSet<>(map.entries().keySet().stream()
                        .filter(key -> !key.equals("because") && !key.equals("reason"))
                        .toList())
                : Set.of();
    }
}
