package dev.poolwright.model.run;

import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.verdict.Link;
import dev.poolwright.model.verdict.LinkKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The body of a run record: everything that a run saw. In the simulator the same plan gives the same bytes.
 *
 * @param source {@code sim} or {@code lab}
 * @param header what was run
 * @param binNanos length of a bin of the series
 * @param series levels and counts over time
 * @param loads by load and window
 * @param happenings in order of their first time
 * @param health whether it proves anything
 */
public record RunRecord(
        String source,
        Header header,
        long binNanos,
        List<Series> series,
        List<LoadResult> loads,
        List<Happening> happenings,
        Health health) {

    public RunRecord {
        series = List.copyOf(series);
        loads = List.copyOf(loads);
        happenings = happenings.stream()
                .sorted(Comparator.comparingLong(Happening::firstNanos))
                .toList();
    }

    /** What was run: names, seed, speed, duration, the digest of the plan. */
    public record Header(
            String fleet,
            String environment,
            String scenario,
            long seed,
            double speed,
            long durationNanos,
            String planDigest) {}

    public Optional<Series> series(String name) {
        return series.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    public Optional<LoadResult> load(String name, Window window) {
        return loads.stream()
                .filter(one -> one.load().equals(name) && one.window() == window)
                .findFirst();
    }

    public List<LoadResult> loads(Window window) {
        return loads.stream().filter(one -> one.window() == window).toList();
    }

    public Optional<Happening> happening(LinkKind kind, String subject) {
        return happenings.stream()
                .filter(one -> one.link().equals(new Link(kind, subject)))
                .findFirst();
    }
}
