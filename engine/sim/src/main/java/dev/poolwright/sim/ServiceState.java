package dev.poolwright.sim;

import dev.poolwright.model.plan.Topology.PlannedPool;
import dev.poolwright.model.plan.Topology.PlannedProcess;
import dev.poolwright.model.plan.Topology.PlannedService;
import dev.poolwright.model.verdict.LinkKind;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/** One service with its instances and the sums of its pools. Not thread-safe. */
final class ServiceState {

    final int index;
    final PlannedService planned;
    final List<PoolTotals> totals;
    /** In order of their start. */
    final List<InstanceState> ready = new ArrayList<>();

    final List<InstanceState> starting = new ArrayList<>();
    final Tally connectSlow;
    final Tally sessionFailed;
    final Tally deadlineMissed;
    final Tally exit;
    final Tally startCut;
    final Tally ingress503;

    ServiceState(int index, PlannedService planned, Recorder recorder) {
        this.index = index;
        this.planned = planned;
        this.totals = planned.pools().stream()
                .map(pool -> recorder.poolTotals(pool.name()))
                .toList();
        this.connectSlow = recorder.tally(LinkKind.CONNECT_SLOW, name());
        this.sessionFailed = recorder.tally(LinkKind.SESSION_FAILED, name());
        this.deadlineMissed = recorder.tally(LinkKind.DEADLINE_MISSED, name());
        this.exit = recorder.tally(LinkKind.EXIT_3, name());
        this.startCut = recorder.tally(LinkKind.START_CUT, name());
        this.ingress503 = recorder.tally(LinkKind.INGRESS_503, name());
    }

    String name() {
        return planned.name();
    }

    int placeOf(String pool) {
        List<PlannedPool> pools = planned.pools();
        for (int i = 0; i < pools.size(); i++) {
            if (pools.get(i).name().equals(pool)) {
                return i;
            }
        }
        throw new NoSuchElementException("service " + name() + " has no pool " + pool);
    }

    /** Places, in an instance, of the processes that have all these pools. */
    int[] processesWith(int[] pools) {
        List<Integer> places = new ArrayList<>();
        int place = 0;
        for (PlannedProcess kind : planned.processes()) {
            for (int i = 0; i < kind.count(); i++, place++) {
                if (IntStream.of(pools)
                        .allMatch(pool -> has(kind, planned.pools().get(pool)))) {
                    places.add(place);
                }
            }
        }
        if (places.isEmpty()) {
            throw new IllegalStateException("service " + name() + " has no kind of process with all pools of a load");
        }
        return places.stream().mapToInt(Integer::intValue).toArray();
    }

    static boolean has(PlannedProcess kind, PlannedPool pool) {
        return pool.process().isEmpty() || pool.process().equals(kind.name());
    }
}
