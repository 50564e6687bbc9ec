package dev.poolwright.tidy;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which module may know which, as docs/ARCHITECTURE.md draws it. A module that is not listed is an error, not a freedom. */
final class Arrows {
    /** Straight arrows only; what an arrow leads to is known along with it. */
    private static final Map<String, Set<String>> MAIN = new TreeMap<>(Map.ofEntries(
            Map.entry("policy", Set.of()),
            Map.entry("guard", Set.of("policy")),
            Map.entry("startup", Set.of("policy")),
            Map.entry("model", Set.of("policy")),
            Map.entry("files", Set.of("model")),
            Map.entry("rules", Set.of("model")),
            Map.entry("scan", Set.of("model")),
            Map.entry("sim", Set.of("model")),
            Map.entry("report", Set.of("model")),
            Map.entry("watch", Set.of("model")),
            Map.entry("proxy", Set.of("policy")),
            Map.entry("lab", Set.of("model", "proxy", "guard", "startup")),
            Map.entry("cli", Set.of("files", "rules", "scan", "sim", "lab", "watch", "report")),
            Map.entry("tidy", Set.of())));

    /** Tests of these may also read fleets from files. */
    private static final Set<String> FILES_IN_TESTS = Set.of("rules", "sim", "report");

    private Arrows() {}

    static boolean knows(String module) {
        return MAIN.containsKey(module);
    }

    /** What stands in the pom of {@code module}: straight arrows, and for tests the files too. */
    static boolean mayDepend(String from, String to, boolean inTests) {
        return reach(from).contains(to) || (inTests && FILES_IN_TESTS.contains(from) && to.equals("files"));
    }

    /** Everything {@code from} may name in its code: itself, its arrows, and theirs. */
    static Set<String> reach(String from) {
        Set<String> reached = new HashSet<>(Set.of(from));
        for (String next : MAIN.getOrDefault(from, Set.of())) {
            reached.addAll(reach(next));
        }
        return reached;
    }
}
