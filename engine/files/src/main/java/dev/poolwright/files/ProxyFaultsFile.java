package dev.poolwright.files;

import dev.poolwright.files.problem.ProblemList;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.files.tree.Node;
import dev.poolwright.files.tree.Section;
import dev.poolwright.files.tree.YamlReader;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.scenario.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The faults that a proxy that stands alone is asked for, in the words and units of a scenario file; JSON is read as well, being
 * YAML.
 *
 * <pre>
 *   faults:
 *     - {name: slow, fault: latency, adds: 20ms, jitter: 5ms}
 *     - {fault: stall, at: 5s, for: 10s, share: 50%, seed: 7}
 * </pre>
 */
public final class ProxyFaultsFile {

    private static final int MOST = 60;

    private ProxyFaultsFile() {}

    /**
     * A fault that is asked for.
     *
     * @param name by which it is changed and removed; the fault's word where none is written
     * @param fault its {@code on} is empty, its {@code at} counts from now, its length is zero for until it is removed
     * @param seed of the draw who is hit
     * @param written the keys and values as they are written
     */
    public record Wanted(String name, Fault fault, long seed, Map<String, String> written) {

        public Wanted {
            written = Collections.unmodifiableMap(new LinkedHashMap<>(written));
        }
    }

    /**
     * All faults of a text.
     *
     * @param source what to call the text in problems
     * @throws Problems with everything that is wrong
     */
    public static List<Wanted> read(String source, String text) throws Problems {
        ProblemList problems = new ProblemList();
        Node tree = YamlReader.read(source, text, problems).orElse(Node.Entries.empty(new Origin(source, 0, 0)));
        problems.throwIfAny();
        Section root = Section.of("", tree, problems);
        List<Wanted> wanted = new ArrayList<>();
        Set<String> names = new HashSet<>();
        if (!root.has("faults")) {
            root.missing("faults", "a list of faults");
        }
        List<Section> items = root.items("faults");
        if (items.size() > MOST) {
            root.wrong("faults", "too many", items.size() + " faults", "up to " + MOST, "");
        }
        for (Section item : items) {
            read(item).ifPresent(one -> {
                if (!names.add(one.name())) {
                    item.wrong("name", "written twice", one.name(), "a name of its own", "add name:");
                }
                wanted.add(one);
            });
        }
        root.done();
        problems.throwIfAny();
        return wanted;
    }

    private static Optional<Wanted> read(Section item) {
        String name = item.get("name", Forms.NAME_OF_ITS_OWN, "");
        int seed = item.get("seed", Forms.count(0, Integer.MAX_VALUE), 1);
        return FaultReader.alone()
                .read(item)
                .map(fault -> new Wanted(name.isEmpty() ? fault.word() : name, fault, seed, written(item)));
    }

    private static Map<String, String> written(Section item) {
        Map<String, String> written = new LinkedHashMap<>();
        item.written().forEach((key, entry) -> {
            if (entry.value() instanceof Node.Text text) {
                written.put(key, text.text());
            }
        });
        return written;
    }
}
