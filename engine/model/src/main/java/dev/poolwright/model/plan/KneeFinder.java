package dev.poolwright.model.plan;

import dev.poolwright.model.plan.PlannedLoad.Borrow;
import dev.poolwright.model.plan.Topology.Behaviour;
import dev.poolwright.model.plan.Topology.PlannedPool;
import dev.poolwright.model.plan.Topology.PlannedProcess;
import dev.poolwright.model.plan.Topology.PlannedServer;
import dev.poolwright.model.plan.Topology.PlannedService;
import java.util.List;
import java.util.Locale;

/** Finds the knee of one load as if it had its pools and its server to itself. */
final class KneeFinder {

    private static final double NANOS = 1e9;

    private KneeFinder() {}

    static Knee find(Topology topology, String service, List<Borrow> borrows) {
        PlannedService planned = topology.service(service);
        Knee least = new Knee(Double.POSITIVE_INFINITY, "nothing bounds it");
        for (int i = 0; i < borrows.size(); i++) {
            Borrow borrow = borrows.get(i);
            PlannedPool pool = topology.pool(borrow.pool());
            double hold = holdWithNested(borrows, i);
            double connections = connections(planned, pool);
            if (connections < Topology.UNLIMITED && hold > 0) {
                double perSecond = connections / borrow.connections() / hold * NANOS;
                String by =
                        String.format(Locale.ROOT, "%.0f connections of %s / mean hold", connections, borrow.pool());
                least = lesser(least, new Knee(perSecond, by));
            }
            least = lesser(least, cores(topology, pool, borrow));
        }
        return least;
    }

    private static Knee cores(Topology topology, PlannedPool pool, Borrow borrow) {
        double work = borrow.inDatabase().meanNanos() * borrow.onCpu();
        return topology.servers().stream()
                .filter(server -> server.name().equals(pool.server()))
                .filter(server -> work > 0 && !Double.isInfinite(server.cores()))
                .findFirst()
                .map(server -> new Knee(server.cores() / work * NANOS, coresOf(server)))
                .orElse(new Knee(Double.POSITIVE_INFINITY, ""));
    }

    private static String coresOf(PlannedServer server) {
        return String.format(Locale.ROOT, "%.1f cores of %s / mean work", server.cores(), server.name());
    }

    /** A borrow is held for its own time and that of the nested one after it. */
    private static double holdWithNested(List<Borrow> borrows, int i) {
        Borrow borrow = borrows.get(i);
        double hold = borrow.inDatabase().meanNanos() + borrow.outside().meanNanos();
        return i + 1 < borrows.size() && borrows.get(i + 1).nested() ? hold + holdWithNested(borrows, i + 1) : hold;
    }

    private static double connections(PlannedService service, PlannedPool pool) {
        if (pool.behaviour() == Behaviour.STATIC) {
            return service.instances();
        }
        double sum = 0;
        for (PlannedProcess process : service.processes()) {
            if (pool.process().isEmpty() || pool.process().equals(process.name())) {
                int limit = pool.behaviour() == Behaviour.NULL ? Topology.UNLIMITED : pool.limit();
                sum += (double) service.instances() * process.count() * Math.min(limit, process.callers());
            }
        }
        return sum;
    }

    private static Knee lesser(Knee one, Knee other) {
        return other.perSecond() < one.perSecond() ? other : one;
    }
}
