package dev.poolwright.sim;

import dev.poolwright.model.run.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Reads the levels at the end of each bin. */
final class Sampler {

    /** Where a level has no bound, the series says 0: nothing can be divided by it. */
    private static final long UNBOUNDED = 0;

    private record Level(String name, LongSupplier reading, List<Long> values) {}

    private final List<Level> levels = new ArrayList<>();

    Sampler(World world) {
        for (ServiceState service : world.services) {
            service.totals.forEach(this::pool);
        }
        world.pairTotals.forEach(this::pool);
        for (PathState path : world.paths) {
            String name = "path/" + path.planned.name();
            add(name + "/open", path.law::open);
            add(name + "/waiting", path.law::waiting);
            add(name + "/capacity", () -> bounded(path.law.capacity()));
        }
        for (ServerState server : world.servers) {
            String name = "server/" + server.planned.name();
            add(name + "/open", () -> server.open);
            add(name + "/limit", () -> bounded(server.limit));
            add(name + "/sessions", () -> server.open);
            add(name + "/active", () -> world.atWorkOn(server));
        }
        for (ServiceState service : world.services) {
            String name = "service/" + service.name();
            add(name + "/ready", service.ready::size);
            add(name + "/starting", service.starting::size);
        }
    }

    private void pool(PoolTotals pool) {
        String name = "pool/" + pool.name;
        add(name + "/in_use", () -> pool.inUse);
        add(name + "/open", () -> pool.open);
        add(name + "/waiting", () -> pool.waiting);
        add(name + "/limit", () -> pool.limit);
    }

    private static long bounded(int limit) {
        return limit == Integer.MAX_VALUE ? UNBOUNDED : limit;
    }

    private void add(String name, LongSupplier reading) {
        levels.add(new Level(name, reading, new ArrayList<>()));
    }

    void sample() {
        levels.forEach(level -> level.values().add(level.reading().getAsLong()));
    }

    List<Series> series() {
        return levels.stream()
                .map(level -> new Series(level.name(), level.values()))
                .toList();
    }
}
