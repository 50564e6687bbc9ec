package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.finding.Suggestion;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.Service.Stack;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.model.library.Compatibility;
import dev.poolwright.model.library.Compatibility.Answer;
import dev.poolwright.model.library.PoolLibraries;
import java.util.ArrayList;
import java.util.List;

/** The pool class, or the driver, cannot work with the engine: the library refuses it. */
final class PW001IncompatiblePoolClass extends PoolRule {

    /** A keyword argument or an entry of a dictionary, with the comma and the blanks that belong to it. */
    private static final String CLASS_ARGUMENT = "[\"']?\\bpoolclass\\b[\"']?\\s*[=:]\\s*[\\w.]+\\s*,?[ \\t]*";

    @Override
    public String code() {
        return "PW001";
    }

    @Override
    List<Finding> check(Fleet fleet, Service service, Pool pool) {
        List<Finding> found = new ArrayList<>();
        Stack stack = service.stackOf(pool);
        String name = service.name() + "/" + pool.name();
        List<String> kinds = Kinds.of(pool);
        List<String> refused = kinds.stream()
                .filter(kind -> PoolLibraries.compatibility(stack, kind).answer() == Answer.FAILS)
                .toList();
        if (!refused.isEmpty()) {
            String kind = PoolLibraries.effectiveKind(stack, refused.get(0));
            boolean always = refused.size() == kinds.size() && Kinds.complete(pool);
            found.add(finding(
                            service,
                            pool,
                            PoolLibraries.compatibility(stack, refused.get(0)),
                            "pool class " + kind + " of " + name + " cannot work with its engine"
                                    + (always ? "" : ", and it can be that class"),
                            cures(kind),
                            always ? Severity.ERROR : Severity.WARNING)
                    .withSuggestion(new Suggestion(Written.origin(pool, "kind"), CLASS_ARGUMENT, "")));
        }
        Compatibility driver = PoolLibraries.driver(stack);
        if (driver.answer() == Answer.FAILS) {
            found.add(finding(
                    service,
                    pool,
                    driver,
                    "driver " + stack.driver() + " of " + name + " cannot work with runtime " + stack.runtime(),
                    "take a driver of the same kind as the runtime, or the other kind of engine",
                    Severity.ERROR));
        }
        return found;
    }

    /** Measured side by side on a real server; the last needs more than one place. */
    private static String cures(String kind) {
        return kind.equals("QueuePool")
                ? "leave the class out, so that the library picks the one that fits (least to write, keeps the sizes);"
                        + " or AsyncAdaptedQueuePool with size 5 + 10 and a timeout written beside it (the same, said aloud);"
                        + " or NullPool (no bound, a connect for each use: only behind a pooler);"
                        + " or one shared builder for every engine of the tree (ends the drift, touches each call)"
                : "leave the class out, so that the library picks the one that fits";
    }

    private Finding finding(
            Service service, Pool pool, Compatibility compatibility, String message, String fix, Severity severity) {
        List<Term> terms = new ArrayList<>(Terms.stack(service, pool));
        for (Step step : trail(pool)) {
            terms.add(Terms.of("resolved", step.what(), step.origin()));
        }
        terms.add(Terms.of("the library says", compatibility.text()));
        if (!compatibility.link().isEmpty()) {
            terms.add(Terms.of("explained at", compatibility.link()));
        }
        String subject = service.name() + "/" + pool.name();
        Origin origin = Written.origin(pool, "kind");
        return new Finding(code(), severity, message, subject, terms, fix, origin);
    }

    private static List<Step> trail(Pool pool) {
        Value<Object> kind = pool.written().get("kind");
        return kind == null ? List.of() : kind.trail();
    }
}
