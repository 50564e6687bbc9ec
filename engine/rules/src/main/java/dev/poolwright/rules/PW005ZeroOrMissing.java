package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.Service.Stack;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.model.library.PoolFamily;
import dev.poolwright.model.library.PoolLibraries;
import dev.poolwright.model.library.SettingNames;
import dev.poolwright.policy.Wait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Zero, -1 or nothing is written, and means something else than it seems to. */
final class PW005ZeroOrMissing extends PoolRule {

    private static final List<String> SETTINGS =
            List.of("size", "overflow", "acquire_timeout", "max_lifetime", "waiters");

    /** Whoever writes one of these has configured the pool. */
    private static final Set<String> CONFIGURES = Set.of(
            "size",
            "overflow",
            "minimum_idle",
            "connect_timeout",
            "waiters",
            "max_lifetime",
            "idle_timeout",
            "validate");

    @Override
    public String code() {
        return "PW005";
    }

    @Override
    List<Finding> check(Fleet fleet, Service service, Pool pool) {
        List<Finding> found = new ArrayList<>();
        for (String setting : SETTINGS) {
            Long number = Written.numbers(pool).get(setting);
            if (number != null) {
                PoolLibraries.meaning(service.stackOf(pool), setting, number)
                        .ifPresent(meaning -> found.add(finding(service, pool, setting, "" + number, meaning)));
            }
        }
        if (PoolFamily.of(service.stackOf(pool), pool.kind()) == PoolFamily.NONE) {
            return found; // nobody waits for a connection of a pool that has none
        }
        if (pool.waiting().acquireTimeout() instanceof Value.Default<Wait> standard
                && standard.value() instanceof Wait.Forever) {
            found.add(finding(service, pool, "acquire_timeout", "missing", "callers wait for ever"));
        }
        if (pool.sizing().size() instanceof Value.Default<Limit> standard
                && !standard.value().bounded()) {
            found.add(finding(service, pool, "size", "missing", "no bound on connections"));
        }
        return found;
    }

    /**
     * A default alone is no reason to warn: an unbounded wait is a note where the whole pool is left at its defaults or the
     * library has no such setting, and a warning where somebody configured the pool and left the wait open.
     */
    @Override
    List<Finding> derived(Fleet fleet, Service service, Pool pool) {
        Stack stack = service.stackOf(pool);
        if (stack.library().equals("django")) {
            return List.of(); // without a pool nobody waits, and with one its library has a limit
        }
        boolean settable = SettingNames.has(stack.library(), "acquire_timeout");
        boolean configured = pool.written().keySet().stream().anyMatch(CONFIGURES::contains);
        List<Finding> found = new ArrayList<>();
        hidden(service, pool).ifPresent(found::add);
        for (Finding one : check(fleet, service, pool)) {
            boolean missing = one.terms().get(0).value().equals("missing");
            boolean harmless = about(one, pool, "waiters") || about(one, pool, "max_lifetime");
            if (missing && about(one, pool, "size")) {
                continue;
            }
            boolean note = harmless || (missing && (!settable || !configured));
            Finding told = missing && !settable
                    ? one.withMessage(stack.library() + " has no limit on the wait for a connection of "
                            + service.name() + "/" + pool.name() + ": callers wait for ever unless each brings its own")
                    : one;
            found.add(note ? told.withSeverity(Severity.NOTE) : told);
        }
        return found;
    }

    /** Whoever writes a size and no overflow reads the size as the most: SQLAlchemy opens ten more. */
    private Optional<Finding> hidden(Service service, Pool pool) {
        boolean written = pool.written().containsKey("size");
        if (!written
                || !(pool.sizing().overflow() instanceof Value.Default<Limit> standard)
                || standard.value().count() == 0
                || PoolFamily.of(service.stackOf(pool), pool.kind()) == PoolFamily.NONE) {
            return Optional.empty();
        }
        String name = service.name() + "/" + pool.name();
        String setting = Written.name(pool, "overflow");
        return Optional.of(new Finding(
                code(),
                Severity.NOTE,
                setting + " of " + name + " is not written: " + standard.value() + " more than "
                        + Written.name(pool, "size") + " are opened",
                name,
                List.of(
                        Terms.of(
                                Written.name(pool, "size"),
                                pool.sizing().size(),
                                pool.sizing().size().origin()),
                        Terms.of(setting, standard)),
                "write the overflow that you mean, and count it",
                Written.origin(pool, "size")));
    }

    private static boolean about(Finding one, Pool pool, String setting) {
        return one.message().startsWith(Written.name(pool, setting) + " ");
    }

    private Finding finding(Service service, Pool pool, String setting, String written, String meaning) {
        String name = service.name() + "/" + pool.name();
        return new Finding(
                code(),
                Severity.WARNING,
                written.equals("missing")
                        ? Written.name(pool, setting) + " of " + name + " is not written: " + meaning
                        : Written.name(pool, setting) + " = " + written + " of " + name + " means: " + meaning,
                name,
                List.of(
                        Terms.of("written", written, Written.origin(pool, setting)),
                        Terms.of("effective", meaning),
                        Terms.of(
                                "library",
                                (service.stackOf(pool).library() + " "
                                                + service.stackOf(pool).version())
                                        .strip(),
                                service.stackOf(pool).origin())),
                "write the bound that you mean",
                Written.origin(pool, setting));
    }
}
