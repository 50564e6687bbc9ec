package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.model.library.PoolLibraries;
import dev.poolwright.policy.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The figures of a finding. */
final class Terms {

    private Terms() {}

    static Term of(String name, Object value, Origin origin) {
        return new Term(name, String.valueOf(value), origin);
    }

    static Term of(String name, Object value) {
        return of(name, value, Origin.NONE);
    }

    /** A time, with where it comes from when nobody wrote it. */
    static Term wait(String name, Value<Wait> value) {
        String shown = value.single().map(Terms::shown).orElseGet(value::toString);
        return of(
                name,
                value instanceof Value.Default<Wait> standard
                        ? shown + " (default of " + (standard.library() + " " + standard.versions()).strip() + ")"
                        : shown,
                value.origin());
    }

    /** The class of a pool and the stack that it runs in. */
    static List<Term> stack(Service service, Pool pool) {
        List<Term> terms = new ArrayList<>();
        Service.Stack stack = service.stackOf(pool);
        terms.add(of(
                "pool class",
                PoolLibraries.effectiveKind(stack, pool.kind()) + (pool.kind().isEmpty() ? " (left out)" : ""),
                Written.origin(pool, "kind")));
        terms.add(of("runtime", stated(stack.runtime()), stack.origin()));
        terms.add(of("library", (stated(stack.library()) + " " + stack.version()).strip(), stack.origin()));
        terms.add(of("driver", stated(stack.driver()), stack.origin()));
        return terms;
    }

    static String stated(String text) {
        return text.isEmpty() ? "not stated" : text;
    }

    static String shown(Wait wait) {
        if (wait instanceof Wait.AtMost most) {
            return shown(most.limit());
        }
        return wait instanceof Wait.Forever ? "for ever" : "not at all";
    }

    static String shown(Duration time) {
        long millis = time.toMillis();
        return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
    }
}
