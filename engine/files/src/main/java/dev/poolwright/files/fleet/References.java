package dev.poolwright.files.fleet;

import dev.poolwright.files.problem.Problem;
import dev.poolwright.files.problem.ProblemList;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Pooler;
import dev.poolwright.model.fleet.Server;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What only the whole graph shows: cycles, one name for two things, a database that its server does not hold. */
final class References {

    private References() {}

    static void check(Fleet fleet, ProblemList problems) {
        oneName(fleet, problems);
        fleet.poolers()
                .values()
                .forEach(pooler -> cycle(
                        "poolers." + pooler.name() + ".to",
                        pooler.name(),
                        pooler.origin(),
                        problems,
                        one -> behind(fleet, one)));
        fleet.servers()
                .values()
                .forEach(server -> cycle(
                        "servers." + server.name() + ".read_replica_of",
                        server.name(),
                        server.origin(),
                        problems,
                        one -> primary(fleet, one)));
        for (Service service : fleet.services().values()) {
            for (Pool pool : service.pools().values()) {
                String name = "services." + service.name() + ".pools." + pool.name();
                cycle(name + ".on_lost", pool.name(), pool.origin(), problems, one -> onLost(service, one));
                database(fleet, name, pool.target(), pool.origin(), problems);
            }
        }
        fleet.jobs()
                .values()
                .forEach(job -> job.pools()
                        .values()
                        .forEach(pool -> database(
                                fleet,
                                "jobs." + job.name() + ".pools." + pool.name(),
                                pool.target(),
                                pool.origin(),
                                problems)));
    }

    private static String onLost(Service service, String pool) {
        Pool found = service.pools().get(pool);
        return found == null ? "" : found.use().onLost();
    }

    private static String behind(Fleet fleet, String name) {
        Pooler pooler = fleet.poolers().get(name);
        return pooler == null ? "" : pooler.to().at();
    }

    private static String primary(Fleet fleet, String name) {
        Server server = fleet.servers().get(name);
        return server == null ? "" : server.readReplicaOf();
    }

    private static void oneName(Fleet fleet, ProblemList problems) {
        for (Pooler pooler : fleet.poolers().values()) {
            Server server = fleet.servers().get(pooler.name());
            if (server != null) {
                problems.add(new Problem(
                        "one name for two things",
                        "poolers." + pooler.name(),
                        "",
                        pooler.origin(),
                        "a name that no server has; the server is at " + server.origin(),
                        "rename one"));
            }
        }
    }

    /** Follows references from {@code start}; a cycle is told at each of its members. */
    private static void cycle(
            String name, String start, Origin origin, ProblemList problems, UnaryOperator<String> next) {
        List<String> way = new ArrayList<>(List.of(start));
        String at = next.apply(start);
        while (!at.isEmpty() && !way.contains(at)) {
            way.add(at);
            at = next.apply(at);
        }
        if (at.equals(start)) {
            way.add(start);
            problems.add(new Problem(
                    "a cycle", name, String.join(" -> ", way), origin, "an end at a server", "point one elsewhere"));
        }
    }

    private static void database(Fleet fleet, String name, Target target, Origin origin, ProblemList problems) {
        Server server = fleet.servers().get(target.at());
        if (server == null || server.databases().isEmpty() || target.database().isEmpty()) {
            return;
        }
        if (!server.databases().contains(target.database())) {
            problems.add(new Problem(
                    "no such database on " + server.name(),
                    name + ".to",
                    target.toString(),
                    origin,
                    String.join(", ", server.databases()),
                    ""));
        }
    }
}
