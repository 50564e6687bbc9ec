package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Load;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Path;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.StartupPhase;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.model.library.PoolFamily;
import dev.poolwright.model.library.PoolLibraries;
import dev.poolwright.policy.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Timeouts that give up before what they wait for can happen. From the inside out each must be longer:
 *
 * <pre>
 * connect &lt; acquire &lt; deadline of the operation &lt; request timeout of the platform
 *           acquire &lt; limit of the start-up phase; try limits of its steps together ≤ limit of the phase
 *                     limits of all phases together ≤ start limit of the platform
 * least of (max lifetime, idle timeout) &lt; idle cut-off of the path, unless connections are checked on borrow
 * </pre>
 */
final class PW020TimeoutLadder extends FleetRule {

    @Override
    public String code() {
        return "PW020";
    }

    @Override
    List<Finding> check(Fleet fleet) {
        List<Finding> found = new ArrayList<>();
        for (Service service : fleet.services().values()) {
            service.pools().values().forEach(pool -> pool(found, fleet, service, pool));
            service.loads().values().forEach(load -> load(found, fleet, service, load));
            service.startup().forEach(phase -> phase(found, service, phase));
            startup(found, fleet, service);
        }
        return found;
    }

    /** Only what somebody wrote on both steps of the ladder, and the wrong way round, is a reason to warn. */
    @Override
    List<Finding> derived(Fleet fleet) {
        return check(fleet).stream()
                .map(one -> one.message().contains(" = ")
                                || one.terms().stream()
                                        .anyMatch(term -> term.value().contains("(default of"))
                        ? one.withSeverity(Severity.NOTE)
                        : one)
                .toList();
    }

    private void pool(List<Finding> found, Fleet fleet, Service service, Pool pool) {
        String name = service.name() + "/" + pool.name();
        Term connect = Terms.wait("connect timeout", pool.waiting().connectTimeout());
        Term acquire = Terms.wait("pool wait", pool.waiting().acquireTimeout());
        Optional<Duration> connects = most(pool.waiting().connectTimeout());
        Optional<Duration> acquires = acquires(service, pool);
        // A default is the library's own and seldom shorter than a pool wait: only what somebody wrote is held against
        // it.
        boolean written = pool.waiting().connectTimeout() instanceof Value.Known;
        if (written
                && connects.isPresent()
                && acquires.isPresent()
                && connects.get().compareTo(acquires.get()) >= 0) {
            add(found, Severity.WARNING, name, pool.origin(), connect, acquire, "connect timeout", "pool wait");
        }
        validation(found, service, pool, name, acquire);
        Path path = fleet.paths().get(pool.path());
        if (path != null
                && path.idleCutOff() instanceof Wait.AtMost cut
                && pool.lifetimes().validation() == Pool.Validation.NEVER
                && !PoolLibraries.checksOnBorrow(service.stackOf(pool))) {
            Value<Wait> life = pool.lifetimes().maxLifetime();
            Value<Wait> idle = pool.lifetimes().idleTimeout();
            long longest = Math.min(
                    life.single().map(Wait::nanos).orElse(0L),
                    idle.single().map(Wait::nanos).orElse(0L));
            if (longest >= cut.nanos()) {
                found.add(new Finding(
                        code(),
                        Severity.WARNING,
                        "pool " + name + " keeps idle connections for longer than path " + path.name() + " does",
                        name,
                        List.of(
                                Terms.wait("max lifetime", life),
                                Terms.wait("idle timeout", idle),
                                Terms.of("idle cut-off of " + path.name(), Terms.shown(cut), path.origin())),
                        "an idle timeout below the cut-off, or a check on borrow",
                        pool.origin()));
            }
        }
    }

    /** HikariCP documents that its validation timeout must be less than its connection timeout, and does not enforce it. */
    private void validation(List<Finding> found, Service service, Pool pool, String name, Term acquire) {
        Long check = Written.numbers(pool).get("validationTimeout");
        Optional<Duration> acquires = acquires(service, pool);
        boolean hikari = service.stackOf(pool).library().equals("hikaricp");
        if (hikari
                && check != null
                && pool.waiting().acquireTimeout() instanceof Value.Known
                && acquires.isPresent()
                && check >= acquires.get().toMillis()) {
            Origin place = Written.origin(pool, "validationTimeout");
            Term inner = Terms.of("validation timeout", Terms.shown(Duration.ofMillis(check)), place);
            add(found, Severity.WARNING, name, place, inner, acquire, "validation timeout", "pool wait");
        }
    }

    private void load(List<Finding> found, Fleet fleet, Service service, Load load) {
        if (!(load.deadline() instanceof Wait.AtMost deadline)) {
            return;
        }
        String name = service.name() + "/" + load.name();
        Term patience = Terms.of("deadline of " + load.name(), Terms.shown(deadline), load.origin());
        Pool pool = service.pools().get(load.pool());
        Optional<Duration> acquires = pool == null ? Optional.empty() : acquires(service, pool);
        if (pool != null && acquires.isPresent() && acquires.get().compareTo(deadline.limit()) >= 0) {
            Term acquire =
                    Terms.wait("pool wait of " + pool.name(), pool.waiting().acquireTimeout());
            add(found, Severity.WARNING, name, load.origin(), acquire, patience, "pool wait", "deadline");
        }
        if (fleet.platform().requestTimeout() instanceof Wait.AtMost request
                && deadline.limit().compareTo(request.limit()) > 0) {
            Term platform = Terms.of(
                    "request timeout", Terms.shown(request), fleet.platform().origin());
            add(
                    found,
                    Severity.WARNING,
                    name,
                    load.origin(),
                    patience,
                    platform,
                    "deadline",
                    "platform's request timeout");
        }
    }

    private void phase(List<Finding> found, Service service, StartupPhase phase) {
        String name = service.name() + "/" + phase.name();
        Term limit = Terms.of("limit of " + phase.name(), Terms.shown(phase.limit()), phase.origin());
        Duration steps = Duration.ZERO;
        List<Term> terms = new ArrayList<>();
        Set<String> pools = new LinkedHashSet<>();
        for (StartupPhase.Step step : phase.steps()) {
            pools.add(step.pool());
            if (step.tryLimit() instanceof Wait.AtMost most) {
                steps = steps.plus(most.limit());
                terms.add(Terms.of("one try: " + step.name(), Terms.shown(most), step.origin()));
            }
        }
        if (steps.compareTo(phase.limit()) > 0) {
            terms.add(limit);
            found.add(new Finding(
                    code(),
                    Severity.ERROR,
                    "one try of each step of " + name + " may take " + Terms.shown(steps) + " > phase "
                            + Terms.shown(phase.limit()),
                    name,
                    terms,
                    "a longer phase, or shorter tries",
                    phase.origin()));
        }
        for (String poolName : pools) {
            Pool pool = service.pools().get(poolName);
            Optional<Duration> acquires = pool == null ? Optional.empty() : acquires(service, pool);
            if (pool != null && acquires.isPresent() && acquires.get().compareTo(phase.limit()) > 0) {
                Term acquire =
                        Terms.wait("pool wait of " + poolName, pool.waiting().acquireTimeout());
                add(found, Severity.ERROR, name, phase.origin(), acquire, limit, "pool wait", "phase");
            }
        }
    }

    private void startup(List<Finding> found, Fleet fleet, Service service) {
        Duration total = service.startup().stream().map(StartupPhase::limit).reduce(Duration.ZERO, Duration::plus);
        if (fleet.platform().startLimit() instanceof Wait.AtMost start && total.compareTo(start.limit()) > 0) {
            Term phases = Terms.of("limits of all phases", Terms.shown(total), service.origin());
            Term limit =
                    Terms.of("start limit", Terms.shown(start), fleet.platform().origin());
            add(
                    found,
                    Severity.WARNING,
                    service.name(),
                    service.origin(),
                    phases,
                    limit,
                    "start-up",
                    "platform's start limit");
        }
    }

    private void add(
            List<Finding> found,
            Severity severity,
            String subject,
            Origin origin,
            Term inner,
            Term outer,
            String innerWord,
            String outerWord) {
        String first = inner.value().replaceFirst(" \\(default.*", "");
        String second = outer.value().replaceFirst(" \\(default.*", "");
        found.add(new Finding(
                code(),
                severity,
                innerWord + " " + first + (first.equals(second) ? " = " : " > ") + outerWord + " " + second + " of "
                        + subject + ": the inner limit is never seen",
                subject,
                List.of(inner, outer),
                "a shorter " + innerWord,
                origin));
    }

    /** How long a caller waits for the pool; a class without a pool lets nobody wait. */
    private static Optional<Duration> acquires(Service service, Pool pool) {
        return PoolFamily.of(service.stackOf(pool), pool.kind()) == PoolFamily.NONE
                ? Optional.empty()
                : most(pool.waiting().acquireTimeout());
    }

    private static Optional<Duration> most(Value<Wait> value) {
        return value.single()
                .flatMap(wait -> wait instanceof Wait.AtMost most ? Optional.of(most.limit()) : Optional.empty());
    }
}
