package dev.poolwright.model.fleet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Servers, poolers, paths, services and jobs as a graph, with one environment applied. Maps keep the order of the file.
 *
 * @param name of the fleet
 * @param environment the overlay that was applied; empty for none
 * @param nodes what services connect to and through
 * @param services by name
 * @param jobs by name
 * @param platform on which the services run
 * @param objectives what must hold when a scenario says nothing of its own
 */
public record Fleet(
        String name,
        String environment,
        Nodes nodes,
        Map<String, Service> services,
        Map<String, Job> jobs,
        Platform platform,
        List<Objective> objectives) {

    public Fleet {
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
        jobs = Collections.unmodifiableMap(new LinkedHashMap<>(jobs));
        objectives = List.copyOf(objectives);
    }

    public Map<String, Server> servers() {
        return nodes.servers();
    }

    public Map<String, Pooler> poolers() {
        return nodes.poolers();
    }

    public Map<String, Path> paths() {
        return nodes.paths();
    }

    /** The server at which a target ends, through any poolers on the way; empty when it dangles. */
    public Optional<Server> serverOf(Target target) {
        Target next = target;
        for (int hops = 0; hops <= poolers().size(); hops++) {
            Server server = servers().get(next.at());
            if (server != null) {
                return Optional.of(server);
            }
            Pooler pooler = poolers().get(next.at());
            if (pooler == null) {
                return Optional.empty();
            }
            next = pooler.to();
        }
        return Optional.empty();
    }

    /** What services connect to and through. */
    public record Nodes(Map<String, Server> servers, Map<String, Pooler> poolers, Map<String, Path> paths) {
        public Nodes {
            servers = Collections.unmodifiableMap(new LinkedHashMap<>(servers));
            poolers = Collections.unmodifiableMap(new LinkedHashMap<>(poolers));
            paths = Collections.unmodifiableMap(new LinkedHashMap<>(paths));
        }
    }
}
