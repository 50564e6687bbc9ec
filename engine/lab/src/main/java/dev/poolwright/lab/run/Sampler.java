package dev.poolwright.lab.run;

import dev.poolwright.lab.subject.Counts;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.plan.Topology.PlannedPool;
import dev.poolwright.model.plan.Topology.PlannedServer;
import dev.poolwright.model.plan.Topology.PlannedService;
import dev.poolwright.model.run.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads every level once in each bin. Single-threaded, but for {@link #series()} after the last sample. */
final class Sampler {

    private final Plan plan;
    private final Map<String, Ingress> services;
    private final Paths paths;
    private final long binNanos;
    private final int bins;
    private final Map<String, long[]> levels = new LinkedHashMap<>();
    private final Map<String, Long> connectsBefore = new LinkedHashMap<>();
    private int next;

    Sampler(Plan plan, Map<String, Ingress> services, Paths paths, long binNanos, int bins) {
        this.plan = plan;
        this.services = services;
        this.paths = paths;
        this.binNanos = binNanos;
        this.bins = bins;
    }

    /** Samples for the bin that ends now; a late sample also fills the bins it is late for. */
    void sample(long now) {
        int bin = (int) Math.min(bins - 1L, now / binNanos);
        for (PlannedService service : plan.topology().services()) {
            sample(service, bin);
        }
        paths.noteStalled();
        paths.levels().forEach((path, level) -> {
            set("path/" + path + "/open", bin, level.open());
            set("path/" + path + "/waiting", bin, level.waiting());
            set("path/" + path + "/capacity", bin, level.capacity() == Topology.UNLIMITED ? 0 : level.capacity());
        });
        for (PlannedServer server : plan.topology().servers()) {
            set("server/" + server.name() + "/open", bin, paths.openAt(server.name()));
            set("server/" + server.name() + "/limit", bin, server.connections());
            long connects = paths.connectsTo(server.name());
            Long before = connectsBefore.put(server.name(), connects);
            add("server/" + server.name() + "/connects", bin, before == null ? 0 : connects - before);
        }
        next = bin + 1;
    }

    private void sample(PlannedService service, int bin) {
        Ingress ingress = services.get(service.name());
        if (ingress == null) {
            return;
        }
        set("service/" + service.name() + "/ready", bin, ingress.readyCount());
        set("service/" + service.name() + "/starting", bin, ingress.startingCount());
        Map<String, Counts> counts = ingress.counts();
        int instances = ingress.readyCount() + ingress.startingCount();
        for (PlannedPool pool : service.pools()) {
            Counts held = counts.getOrDefault(pool.name(), new Counts(0, 0, 0));
            set("pool/" + pool.name() + "/in_use", bin, held.inUse());
            set("pool/" + pool.name() + "/open", bin, held.open());
            set("pool/" + pool.name() + "/waiting", bin, held.waiting());
            set("pool/" + pool.name() + "/limit", bin, limit(service, pool, instances));
        }
    }

    /** What the pools of all instances can open together; 0 where there is no limit. */
    private static long limit(PlannedService service, PlannedPool pool, int instances) {
        if (pool.behaviour() == Topology.Behaviour.NULL || pool.limit() == Topology.UNLIMITED) {
            return 0;
        }
        int processes = service.processes().stream()
                .filter(kind -> pool.process().isEmpty() || pool.process().equals(kind.name()))
                .mapToInt(Topology.PlannedProcess::count)
                .sum();
        return (long) instances * processes * pool.limit();
    }

    private void set(String name, int bin, long value) {
        long[] values = levels.computeIfAbsent(name, key -> new long[bins]);
        for (int late = Math.min(next, bin); late <= bin; late++) {
            values[late] = value;
        }
    }

    /** Counts belong to one bin, and are not repeated for those that were missed. */
    private void add(String name, int bin, long count) {
        levels.computeIfAbsent(name, key -> new long[bins])[bin] += count;
    }

    /** What was connected before the run begins is not of it. */
    void begin() {
        for (PlannedServer server : plan.topology().servers()) {
            connectsBefore.put(server.name(), paths.connectsTo(server.name()));
        }
    }

    List<Series> series() {
        List<Series> series = new ArrayList<>();
        levels.forEach((name, values) -> {
            List<Long> boxed = new ArrayList<>(values.length);
            for (long value : values) {
                boxed.add(value);
            }
            series.add(new Series(name, boxed));
        });
        return series;
    }
}
