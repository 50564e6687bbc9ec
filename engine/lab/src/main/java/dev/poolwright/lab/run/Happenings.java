package dev.poolwright.lab.run;

import dev.poolwright.model.run.Happening;
import dev.poolwright.model.verdict.Link;
import dev.poolwright.model.verdict.LinkKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What happened of the closed vocabulary: first time, last time, how often. Thread-safe; one entry for each link. */
final class Happenings {

    private final Map<Link, Happening> seen = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    synchronized void note(LinkKind kind, String subject, long nanos, String detail) {
        Link link = new Link(kind, subject);
        Happening before = seen.get(link);
        seen.put(
                link,
                before == null
                        ? new Happening(link, nanos, nanos, 1, detail)
                        : new Happening(
                                link,
                                Math.min(before.firstNanos(), nanos),
                                Math.max(before.lastNanos(), nanos),
                                before.count() + 1,
                                before.detail()));
    }

    /** Something went wrong in the lab itself, so the run proves nothing. */
    synchronized void problem(String what) {
        problems.add(what);
    }

    synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    synchronized List<Happening> all() {
        return List.copyOf(seen.values());
    }
}
