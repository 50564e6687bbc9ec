package dev.poolwright.files.fleet;

import dev.poolwright.files.problem.ProblemList;
import dev.poolwright.files.tree.Form;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.files.tree.Node;
import dev.poolwright.files.tree.Section;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Job;
import dev.poolwright.model.fleet.Objective;
import dev.poolwright.model.fleet.Path;
import dev.poolwright.model.fleet.Platform;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Pooler;
import dev.poolwright.model.fleet.Server;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.policy.Wait;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Reads a whole fleet from a tree in which the overlays are applied already. */
public final class FleetReader {

    private static final Form<String> MOMENT = Form.name("moment", List.of("deploy", "always", "schedule"));

    private final Names names;
    private final HoldReader holds;
    private final Scanned scanned;

    private FleetReader(Node root, java.nio.file.Path directory, Scanned scanned) {
        this.scanned = scanned;
        this.names = Names.of(root);
        this.holds = new HoldReader(new MeasuredFile(directory), new WorkReader(directory));
    }

    /**
     * The fleet; with problems it is only as good as what could be read, and must not be used.
     *
     * @param directory that paths in the file are relative to
     * @param scanned the pools that {@code from:} can name
     */
    public static Fleet read(
            Node root, String environment, java.nio.file.Path directory, Scanned scanned, ProblemList problems) {
        FleetReader reader = new FleetReader(root, directory, scanned);
        Fleet fleet = reader.fleet(Section.of("", root, problems), environment);
        References.check(fleet, problems);
        return fleet;
    }

    private Fleet fleet(Section root, String environment) {
        root.need("format", Form.name("format", List.of("1")), "1");
        String name = root.need("fleet", Forms.NAME_OF_ITS_OWN, "");
        Map<String, Server> servers = all(root, "servers", (key, one) -> ServerReader.read(key, one, names));
        Map<String, Pooler> poolers = all(root, "poolers", (key, one) -> NodesReader.pooler(key, one, names));
        Map<String, Path> paths = all(root, "paths", NodesReader::path);
        ServiceReader services = new ServiceReader(names, holds, scanned);
        Map<String, Service> read = all(root, "services", services::read);
        if (!root.has("services") && !root.has("jobs")) {
            root.missing("services", "services by name");
        }
        List<Objective> objectives = ObjectivesReader.plain(root.child("objectives"));
        Fleet fleet = new Fleet(
                name,
                environment,
                new Fleet.Nodes(servers, poolers, paths),
                read,
                all(root, "jobs", this::job),
                root.has("platform") ? platform(root.child("platform")) : Platform.UNSTATED,
                objectives);
        root.has("environments");
        root.done();
        return fleet;
    }

    private static <T> Map<String, T> all(Section root, String key, BiFunction<String, Section, T> read) {
        Map<String, T> all = new LinkedHashMap<>();
        root.children(key).forEach((name, section) -> all.put(name, read.apply(name, section)));
        return all;
    }

    private Job job(String name, Section section) {
        Service.Stack none = new Service.Stack("", "", "", "", section.origin());
        Map<String, Pool> pools = new LinkedHashMap<>();
        Map<String, Section> children = section.children("pools");
        PoolReader reader = new PoolReader(names, none, children.keySet(), List.of(), scanned);
        children.forEach((pool, child) -> pools.put(pool, reader.read(pool, child)));
        Job job = new Job(name, section.need("when", MOMENT, "deploy"), pools, section.origin());
        section.done();
        return job;
    }

    private static Platform platform(Section section) {
        Platform platform = new Platform(
                section.get("start_limit", Forms.TIME_LIMIT, Wait.forever()),
                section.get("restart_delay", Forms.DURATION, Duration.ZERO),
                section.get("stop_grace", Forms.DURATION, Duration.ofSeconds(10)),
                section.get("request_timeout", Forms.TIME_LIMIT, Wait.forever()),
                section.origin());
        section.done();
        return platform;
    }
}
