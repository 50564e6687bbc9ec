package dev.poolwright.files.fleet;

import dev.poolwright.files.tree.Form;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.files.tree.Node;
import dev.poolwright.files.tree.Section;
import dev.poolwright.model.fleet.Distribution;
import dev.poolwright.model.fleet.Hold;
import dev.poolwright.model.fleet.Load;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a service. */
final class ServiceReader {

    /** What a call does with its connection where nobody says: one short look-up. */
    static final Hold SHORT_CALL = new Hold(Distribution.constant(Duration.ofMillis(5)), HoldReader.NOTHING, 1);

    private static final Form<String> RUNTIME = Form.name(
            "runtime", List.of("asyncio", "threads", "virtual-threads", "event-loop", "prefork", "serverless"));

    private final Names names;
    private final HoldReader holds;
    private final Scanned scanned;

    ServiceReader(Names names, HoldReader holds, Scanned scanned) {
        this.scanned = scanned;
        this.names = names;
        this.holds = holds;
    }

    Service read(String name, Section section) {
        Service.Stack stack = stack(section.child("stack"));
        Service.Instances instances = InstancesReader.instances(section);
        Map<String, Service.ProcessKind> processes = InstancesReader.processes(section);
        LoadReader loads = new LoadReader(names.pools(name), holds);
        Map<String, Load> read = new LinkedHashMap<>();
        section.children("load").forEach((load, child) -> read.put(load, loads.read(load, child)));
        Service service = new Service(
                name,
                stack,
                instances,
                processes,
                pools(name, section, stack, processes.keySet()),
                read,
                new StartupReader(names.pools(name)).read(section),
                calledBy(name, section, loads),
                section.origin());
        section.done();
        return service;
    }

    private Map<String, Pool> pools(String name, Section section, Service.Stack stack, Set<String> processes) {
        PoolReader reader = new PoolReader(names, stack, names.pools(name), processes, scanned);
        Map<String, Pool> pools = new LinkedHashMap<>();
        section.children("pools").forEach((pool, child) -> pools.put(pool, reader.read(pool, child)));
        return pools;
    }

    private static Service.Stack stack(Section section) {
        Service.Stack stack = new Service.Stack(
                section.get("runtime", RUNTIME, ""),
                section.get("library", Forms.NAME_OF_ITS_OWN, ""),
                section.get("version", Forms.TEXT, ""),
                section.get("driver", Forms.NAME_OF_ITS_OWN, ""),
                section.origin());
        section.done();
        return stack;
    }

    private List<Service.CalledBy> calledBy(String name, Section section, LoadReader loads) {
        List<Service.CalledBy> calls = new ArrayList<>();
        section.children("called_by").forEach((caller, child) -> {
            List<String> others = names.poolsOf().keySet().stream()
                    .filter(one -> !one.equals(name))
                    .toList();
            Node.Text place = new Node.Text(caller, false, child.origin());
            boolean there = Section.read(child.name(), place, Form.name("other service", others), child.problems())
                    .isPresent();
            Set<String> theirs = names.loadsOf().getOrDefault(caller, Set.of());
            List<String> per = there ? child.words("per", Form.name("load of " + caller, theirs)) : List.of();
            if (!child.has("per")) {
                child.missing("per", "a load of " + caller + ": " + String.join(", ", theirs));
            }
            String pool = loads.pool(child, "pool");
            Hold hold = child.has("hold") ? holds.hold(child, "hold") : SHORT_CALL;
            per.forEach(load -> calls.add(new Service.CalledBy(caller, load, pool, hold, child.origin())));
            child.done();
        });
        return calls;
    }
}
