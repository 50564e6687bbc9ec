package dev.poolwright.model.verdict;

import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.plan.Topology.PlannedPool;
import dev.poolwright.model.plan.Topology.PlannedService;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.run.Series;
import java.util.List;

/** What the series of pools and servers say over one window: refusals, order of serving, connects. */
final class PoolFigures {

    private final RunRecord record;
    private final Plan plan;
    private final Window window;

    PoolFigures(RunRecord record, Plan plan, Window window) {
        this.record = record;
        this.plan = plan;
        this.window = window;
    }

    /** The worst distance of a refused wait from its pool's acquire timeout, as a share of it; samples are the refusals. */
    Measured refusedWait() {
        double worst = 0;
        long refused = 0;
        for (PlannedService service : plan.topology().services()) {
            for (PlannedPool pool : service.pools()) {
                long count = sum("pool/" + pool.name() + "/refused");
                refused += count;
                double timeout = (double) pool.acquireTimeoutNanos();
                if (count == 0 || timeout <= 0 || pool.acquireTimeoutNanos() == Long.MAX_VALUE) {
                    continue;
                }
                for (String which : List.of("least", "most")) {
                    for (long wait : values("pool/" + pool.name() + "/refused_" + which)) {
                        worst = wait == 0 ? worst : Math.max(worst, Math.abs(wait - timeout) / timeout);
                    }
                }
            }
        }
        return new Measured(worst, refused);
    }

    /** Who overtook ÷ who was served after a wait. */
    Measured overtaken() {
        long overtook = 0;
        long late = 0;
        for (Series series : record.series()) {
            if (series.name().startsWith("pool/") && series.name().endsWith("/served_late")) {
                late += sum(series.name());
                overtook += sum(series.name().replaceAll("served_late$", "overtook"));
            }
        }
        return new Measured(late == 0 ? 0 : (double) overtook / late, late);
    }

    /** Connects ÷ the sizes of all pools of the instances that the plan begins with; infinite where there is no size. */
    double connects() {
        long connects = 0;
        for (Series series : record.series()) {
            if (series.name().startsWith("server/") && series.name().endsWith("/connects")) {
                connects += sum(series.name());
            }
        }
        double sizes = 0;
        for (PlannedService service : plan.topology().services()) {
            for (PlannedPool pool : service.pools()) {
                sizes += (double) service.instances() * processes(service, pool) * size(pool);
            }
        }
        return connects == 0 ? 0 : connects / sizes;
    }

    private static int size(PlannedPool pool) {
        return switch (pool.behaviour()) {
            case QUEUE -> pool.size();
            case NULL -> 0;
            case STATIC -> 1;
        };
    }

    private static int processes(PlannedService service, PlannedPool pool) {
        return service.processes().stream()
                .filter(kind -> pool.process().isEmpty() || pool.process().equals(kind.name()))
                .mapToInt(Topology.PlannedProcess::count)
                .sum();
    }

    private long sum(String name) {
        return values(name).stream().mapToLong(Long::longValue).sum();
    }

    /** Of the bins that end in the window. */
    private List<Long> values(String name) {
        List<Long> all = record.series(name).map(Series::values).orElse(List.of());
        return java.util.stream.IntStream.range(0, all.size())
                .filter(bin -> plan.isIn(window, (bin + 1) * record.binNanos()))
                .mapToObj(all::get)
                .toList();
    }
}
