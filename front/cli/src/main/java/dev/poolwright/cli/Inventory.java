package dev.poolwright.cli;

import dev.poolwright.model.derive.DerivedFleet;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.model.library.PoolLibraries;
import dev.poolwright.policy.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The pools that a tree has, each value with its place and the way it was resolved. */
final class Inventory {

    private static final int MOST_SKIPPED = 5;

    private final StringBuilder text = new StringBuilder();

    private Inventory() {}

    static String of(TreeCheck check) {
        return check.derived().map(derived -> of(derived, check.facts())).orElse("")
                + skipped(check.facts().coverage().skipped());
    }

    /** What was not read, a line for each; the JSON report has all of them. */
    private static String skipped(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.stream()
                .limit(MOST_SKIPPED)
                .forEach(line -> text.append("not read: ").append(line).append('\n'));
        if (lines.size() > MOST_SKIPPED) {
            text.append("not read: ").append(lines.size() - MOST_SKIPPED).append(" more, in the JSON report\n");
        }
        return text + (lines.isEmpty() ? "" : "\n");
    }

    private static String of(DerivedFleet derived, Facts facts) {
        Inventory inventory = new Inventory();
        Map<DeclaredPool, String> shown = new LinkedHashMap<>();
        for (Service service : derived.fleet().services().values()) {
            for (Pool pool : service.pools().values()) {
                String name = service.name() + "/" + pool.name();
                DeclaredPool declared = derived.declared().get(name);
                if (declared != null && shown.putIfAbsent(declared, name) == null) {
                    inventory.pool(name, service, pool, declared);
                }
            }
        }
        inventory.others(facts);
        inventory.vendored(facts.coverage().vendored());
        return inventory.text.toString();
    }

    private void pool(String name, Service service, Pool pool, DeclaredPool declared) {
        Service.Stack stack = service.stackOf(pool);
        String kind = PoolLibraries.effectiveKind(stack, pool.kind());
        text.append("pool ")
                .append(name)
                .append("  ")
                .append(place(pool.origin()))
                .append('\n');
        String library = List.of(stack.library(), stack.version(), stack.driver(), kind).stream()
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        text.append("  ").append(library);
        if (declared.scope() == DeclaredPool.Scope.CALL) {
            text.append(", made by each call");
        } else if (declared.scope() == DeclaredPool.Scope.KEY) {
            text.append(", one for each key");
        }
        if (!pool.target().at().isEmpty()) {
            text.append(", to ").append(pool.target());
        }
        text.append('\n');
        List<String> unwritten = new ArrayList<>();
        value("size", pool.sizing().size(), unwritten);
        value("overflow", pool.sizing().overflow(), unwritten);
        value("acquire timeout", pool.waiting().acquireTimeout(), unwritten);
        value("max lifetime", pool.lifetimes().maxLifetime(), unwritten);
        if (!unwritten.isEmpty()) {
            text.append("  by default: ").append(String.join(", ", unwritten)).append('\n');
        }
        if (!service.instances().max().possible().isEmpty()) {
            value("instances", service.instances().max(), unwritten);
        }
        text.append('\n');
    }

    /** A value that is written, with its place and its way; one that is not goes into a line with the others. */
    private void value(String name, Value<?> value, List<String> unwritten) {
        if (value instanceof Value.Default<?>) {
            unwritten.add(name + " " + shown(value));
            return;
        }
        text.append("  ").append(name).append(" = ").append(shown(value));
        if (!value.origin().file().isEmpty()) {
            text.append("  ").append(place(value.origin()));
        }
        text.append('\n');
        for (Step step : value.trail()) {
            text.append("    ")
                    .append(step.what())
                    .append("  ")
                    .append(place(step.origin()))
                    .append('\n');
        }
    }

    private static String shown(Value<?> value) {
        if (value instanceof Value.OneOf<?> several) {
            List<String> all = several.cases().stream()
                    .map(one -> shown(one.value()))
                    .distinct()
                    .toList();
            if (all.size() == 1) {
                return all.getFirst(); // the same in each case
            }
        }
        return value.single()
                .map(one -> one instanceof Wait wait ? shown(wait) : one.toString())
                .orElseGet(value::toString);
    }

    private static String shown(Wait wait) {
        if (wait instanceof Wait.AtMost most) {
            Duration limit = most.limit();
            return limit.toMillis() % 1_000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
        }
        return wait instanceof Wait.Forever ? "for ever" : "not at all";
    }

    private void others(Facts facts) {
        long apart = facts.of(DeclaredPool.class).stream()
                .filter(pool -> pool.place() != Place.MAIN)
                .count();
        if (apart > 0) {
            text.append(apart).append(" more in tests, examples and migrations\n\n");
        }
    }

    private void vendored(long files) {
        if (files > 0) {
            text.append("vendored code is not searched: ")
                    .append(files)
                    .append(files == 1 ? " file" : " files")
                    .append("\n\n");
        }
    }

    private static String place(Origin origin) {
        return origin.line() == 0 ? origin.file() : origin.file() + ":" + origin.line();
    }
}
