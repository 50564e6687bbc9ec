package dev.poolwright.lab.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The operations that a subject said it had written: (stream, sequence). Thread-safe. */
public final class Acknowledged {

    private final Map<Integer, List<Long>> sequences = new HashMap<>();

    synchronized void add(int stream, long sequence) {
        sequences.computeIfAbsent(stream, key -> new ArrayList<>()).add(sequence);
    }

    /** By stream, in no order. */
    public synchronized Map<Integer, List<Long>> byStream() {
        Map<Integer, List<Long>> copy = new HashMap<>();
        sequences.forEach((stream, list) -> copy.put(stream, List.copyOf(list)));
        return copy;
    }
}
