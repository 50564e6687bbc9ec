package dev.poolwright.files.fleet;

import static dev.poolwright.files.tree.Forms.MOST;

import dev.poolwright.files.problem.Problem;
import dev.poolwright.files.tree.Form;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.files.tree.Section;
import dev.poolwright.model.fleet.StartupPhase;
import dev.poolwright.policy.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the phases of a start-up. */
final class StartupReader {

    private static final Form<Integer> TRIES = new Form<>(
            "a whole number from 1 to 100000, or unlimited (until the phase's limit)",
            text -> text.equals("unlimited")
                    ? Integer.valueOf(Integer.MAX_VALUE)
                    : Forms.count(1, MOST).read(text));

    private final Form<String> pool;

    StartupReader(Collection<String> pools) {
        this.pool = Form.name("pool of this service", pools);
    }

    List<StartupPhase> read(Section parent) {
        if (!parent.has("startup")) {
            return List.of();
        }
        Section startup = parent.child("startup");
        if (!startup.has("phases")) {
            startup.missing("phases", "a list of phases");
        }
        List<StartupPhase> phases = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section section : startup.items("phases")) {
            StartupPhase phase = phase(section);
            if (!phase.name().isEmpty() && !names.add(phase.name())) {
                section.wrong("name", "written twice", phase.name(), "each phase once", "rename one");
            } else {
                phases.add(phase);
            }
        }
        startup.done();
        return phases;
    }

    private StartupPhase phase(Section section) {
        String name = section.need("name", Forms.NAME_OF_ITS_OWN, "");
        Duration limit = section.need("limit", Forms.SOME_TIME, Duration.ofSeconds(1));
        List<StartupPhase.Step> steps =
                section.items("steps").stream().map(this::step).toList();
        section.done();
        return new StartupPhase(name, limit, steps, section.origin());
    }

    private StartupPhase.Step step(Section section) {
        StartupPhase.Kind kind = kind(section);
        boolean work = kind == StartupPhase.Kind.WORK;
        String of = work ? "" : section.get(kind == StartupPhase.Kind.CONNECT ? "connect" : "query", pool, "");
        Duration takes = work
                ? section.get("work", Forms.DURATION, Duration.ZERO)
                : kind == StartupPhase.Kind.QUERY ? section.get("takes", Forms.DURATION, Duration.ZERO) : Duration.ZERO;
        int connections = kind == StartupPhase.Kind.CONNECT ? section.get("connections", Forms.count(1, MOST), 1) : 1;
        boolean again = section.has("backoff");
        StartupPhase.Step step = new StartupPhase.Step(
                kind,
                of,
                connections,
                takes,
                limit(section),
                Backoffs.read(section, "backoff"),
                section.get("tries", TRIES, again ? Integer.MAX_VALUE : 1),
                section.origin());
        section.done();
        return step;
    }

    /** {@code try} and {@code limit} say the same: how long one try may take. */
    private static Wait limit(Section section) {
        if (section.has("try") && section.has("limit")) {
            section.wrong("limit", "said twice", "", "one of try and limit", "remove one");
        }
        return section.has("try")
                ? section.get("try", Forms.TIME_LIMIT, Wait.forever())
                : section.get("limit", Forms.TIME_LIMIT, Wait.forever());
    }

    private static StartupPhase.Kind kind(Section section) {
        boolean connect = section.has("connect");
        boolean query = section.has("query");
        boolean work = section.has("work");
        if ((connect ? 1 : 0) + (query ? 1 : 0) + (work ? 1 : 0) != 1) {
            section.problems()
                    .add(new Problem(
                            "a step does one thing",
                            section.name(),
                            "",
                            section.origin(),
                            "connect: pool, query: pool or work: time",
                            "split the step"));
        }
        return connect ? StartupPhase.Kind.CONNECT : query ? StartupPhase.Kind.QUERY : StartupPhase.Kind.WORK;
    }
}
