package dev.poolwright.lab.run;

import dev.poolwright.lab.subject.Counts;
import dev.poolwright.model.verdict.LinkKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ready instances of one service, in the order in which they became ready. Thread-safe. */
final class Ingress {

    private final String service;
    private final Happenings happenings;
    private final List<Instance> ready = new ArrayList<>();
    private final List<Instance> all = new ArrayList<>();

    Ingress(String service, Happenings happenings) {
        this.service = service;
        this.happenings = happenings;
    }

    synchronized void starting(Instance instance) {
        all.add(instance);
    }

    synchronized void ready(Instance instance) {
        ready.add(instance);
        if (!all.contains(instance)) {
            all.add(instance);
        }
    }

    synchronized void gone(Instance instance) {
        ready.remove(instance);
        all.remove(instance);
    }

    /** The instance and process of the n-th operation; empty, and noted, when none is ready. */
    synchronized Optional<Slot> route(long operation, long now) {
        if (ready.isEmpty()) {
            happenings.note(LinkKind.INGRESS_503, service, now, "no ready instance of " + service);
            return Optional.empty();
        }
        int count = ready.size();
        return Optional.of(
                new Slot(ready.get((int) (operation % count)), (int) (operation / count % Integer.MAX_VALUE)));
    }

    synchronized int readyCount() {
        return ready.size();
    }

    synchronized int startingCount() {
        return all.size() - ready.size();
    }

    synchronized List<Instance> readyNow() {
        return List.copyOf(ready);
    }

    synchronized List<Instance> allNow() {
        return List.copyOf(all);
    }

    /** What the pools of all instances hold, by {@code service/pool}. */
    Map<String, Counts> counts() {
        Map<String, Counts> sum = new LinkedHashMap<>();
        for (Instance instance : allNow()) {
            instance.counts()
                    .forEach((pool, counts) -> sum.merge(
                            pool,
                            counts,
                            (a, b) ->
                                    new Counts(a.inUse() + b.inUse(), a.open() + b.open(), a.waiting() + b.waiting())));
        }
        return sum;
    }

    /** Where an operation goes. */
    record Slot(Instance instance, int process) {}
}
