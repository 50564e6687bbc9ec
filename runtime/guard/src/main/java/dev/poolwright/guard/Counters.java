package dev.poolwright.guard;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the guard counted since it was made. Thread-safe. */
final class Counters {

    final LongAdder borrowed = new LongAdder();
    final LongAdder waited = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder databaseFaults = new LongAdder();
    final LongAdder nested = new LongAdder();
    final LongAdder leaks = new LongAdder();
    final LongAdder reclaimed = new LongAdder();
    final LongAdder closedUnderneath = new LongAdder();
    final LongAdder unwatched = new LongAdder();
    final LongAdder notQueued = new LongAdder();
    final LongAdder ownFaults = new LongAdder();
    final LongAdder eventsLost = new LongAdder();
    private final Map<Refusal, LongAdder> refused = perRefusal();
    private final Map<Refusal, LongAdder> would = perRefusal();

    private static Map<Refusal, LongAdder> perRefusal() {
        Map<Refusal, LongAdder> made = new EnumMap<>(Refusal.class);
        Arrays.stream(Refusal.values()).forEach(refusal -> made.put(refusal, new LongAdder()));
        return made;
    }

    void refused(Refusal refusal) {
        count(refused, refusal);
    }

    void wouldRefuse(Refusal refusal) {
        count(would, refusal);
    }

    private static void count(Map<Refusal, LongAdder> table, Refusal refusal) {
        LongAdder counter = table.get(refusal);
        if (counter != null) {
            counter.increment();
        }
    }

    Map<Refusal, Long> refusals() {
        return sums(refused);
    }

    Map<Refusal, Long> wouldHaveRefused() {
        return sums(would);
    }

    private static Map<Refusal, Long> sums(Map<Refusal, LongAdder> table) {
        Map<Refusal, Long> sums = new EnumMap<>(Refusal.class);
        table.forEach((refusal, counter) -> sums.put(refusal, counter.sum()));
        return sums;
    }
}
