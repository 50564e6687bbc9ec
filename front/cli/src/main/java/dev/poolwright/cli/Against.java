package dev.poolwright.cli;

import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.model.library.PoolLibraries;
import dev.poolwright.report.Fingerprint;
import dev.poolwright.rules.Demand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a change does: the tree as it is beside the tree as it was at a revision.
 *
 * @param lines what changed, in words; says so when nothing did
 * @param fresh findings that were not there before
 */
record Against(List<String> lines, List<Finding> fresh) {

    static Against of(Path root, String revision, TreeCheck now) throws IOException, InterruptedException, Problems {
        Path folder = Files.createTempDirectory("poolwright-against-");
        try {
            Git.export(root, revision, folder);
            TreeCheck before = TreeCheck.of(folder);
            return new Against(
                    lines(before, now, revision), fresh(before, new Sources(folder), now, new Sources(root)));
        } finally {
            Folders.remove(folder);
        }
    }

    private static List<Finding> fresh(TreeCheck before, Sources then, TreeCheck now, Sources here) {
        Map<String, Integer> known = new HashMap<>();
        before.findings().forEach(finding -> known.merge(Fingerprint.of(finding, then), 1, Integer::sum));
        List<Finding> fresh = new ArrayList<>();
        for (Finding finding : now.findings()) {
            if (known.merge(Fingerprint.of(finding, here), -1, Integer::sum) < 0) {
                fresh.add(finding);
            }
        }
        return List.copyOf(fresh);
    }

    private static List<String> lines(TreeCheck before, TreeCheck now, String revision) {
        List<String> lines = new ArrayList<>();
        Map<String, String> ceilings = ceilings(now);
        Map<String, String> earlier = ceilings(before);
        ceilings.forEach((server, most) -> {
            String was = earlier.getOrDefault(server, "0");
            if (!was.equals(most)) {
                lines.add("this change " + verb(was, most) + " the ceiling of " + server + " from " + was + " to "
                        + most);
            }
        });
        Map<String, String> pools = pools(now);
        Map<String, String> had = pools(before);
        pools.forEach((name, settings) -> {
            if (!had.containsKey(name)) {
                lines.add("new pool " + name + ": " + settings);
            } else if (!had.get(name).equals(settings)) {
                lines.add("pool " + name + ": " + had.get(name) + " before, " + settings + " now");
            }
        });
        had.forEach((name, settings) -> {
            if (!pools.containsKey(name)) {
                lines.add("pool " + name + " is gone: " + settings);
            }
        });
        return lines.isEmpty() ? List.of("no pool and no ceiling differs from " + revision) : List.copyOf(lines);
    }

    private static String verb(String was, String most) {
        boolean numbers = was.matches("[0-9]{1,9}") && most.matches("[0-9]{1,9}");
        return !numbers ? "changes" : Integer.parseInt(was) < Integer.parseInt(most) ? "raises" : "lowers";
    }

    /** What everything together can ask of each server; where a count is not known, what each pool can in one process. */
    private static Map<String, String> ceilings(TreeCheck check) {
        Map<String, String> ceilings = new TreeMap<>();
        Fleet fleet = check.fleet();
        for (String server : fleet.servers().keySet()) {
            Demand demand = Demand.at(fleet, server);
            if (!demand.shares().isEmpty() && demand.unsettled().isEmpty()) {
                ceilings.put(server, String.valueOf(demand.most().high()));
            }
        }
        fleet.services()
                .values()
                .forEach(service -> service.pools().values().forEach(pool -> {
                    if (!ceilings.containsKey(pool.target().at())) {
                        String most = PoolLibraries.most(
                                        service.stackOf(pool),
                                        pool.kind(),
                                        sizes(pool.sizing().size()),
                                        sizes(pool.sizing().overflow()))
                                .toString();
                        ceilings.put("pool " + service.name() + "/" + pool.name() + " in one process", most);
                    }
                }));
        return ceilings;
    }

    /** The highest of what it can be; no bound where that is not known. */
    private static Limit sizes(Value<Limit> value) {
        return value.possible().stream()
                .max(Comparator.comparingLong(Limit::count))
                .orElse(Limit.unlimited());
    }

    private static Map<String, String> pools(TreeCheck check) {
        Map<String, String> pools = new TreeMap<>();
        check.facts().main(DeclaredPool.class).forEach(pool -> {
            List<String> settings = new ArrayList<>();
            pool.settings().forEach((key, value) -> settings.add(key + " = " + value));
            pools.put(pool.name(), settings.isEmpty() ? "all defaults" : String.join(", ", settings));
        });
        return pools;
    }
}
