package dev.poolwright.rules;

import dev.poolwright.model.derive.DerivedFleet;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Server;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.library.PoolLibraries;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The least that the pools of a derived fleet may open together, where the tree does not say how many instances and processes
 * run: one of each. It leaves out whatever may not be there at the same time, so that it is a bound from below:
 *
 * <pre>
 *   services of one program   once: workers and command lines run the same code
 *   programs nobody deploys   only the largest, and only where nothing that asks is deployed
 *   a pool of unknown size    nothing
 *   a pool with alternatives  its smallest
 *   scripts and migrations    nothing
 * </pre>
 */
final class Floor {

    /** Folders and files of what people run by hand, or once. */
    private static final List<String> BY_HAND = List.of(
            "script",
            "migrat",
            "alembic",
            "test",
            "seed",
            "bootstrap",
            "bootload",
            "bench",
            "tool",
            "/cli",
            "cli/",
            "command",
            "backup",
            "setup",
            "init-container",
            "init_db",
            "load_",
            "check_",
            "create_",
            "validat");

    private final Fleet fleet;
    private final Server server;

    Floor(Fleet fleet, Server server) {
        this.fleet = fleet;
        this.server = server;
    }

    /** One pool, in so many processes of one instance. */
    private record Share(String name, Pool pool, long size, long processes, Origin processesAt) {
        long connections() {
            return size * processes;
        }
    }

    /** A finding of this code where even the least does not fit. */
    Optional<Finding> finding(String code, String fix) {
        Budget budget = Budget.of(fleet, server, Set.of());
        Optional<Range> available = budget.available();
        if (available.isEmpty() || !fleet.poolers().isEmpty()) {
            return Optional.empty(); // what a pooler takes is not in this sum, and whose it is may not be known
        }
        List<Share> shares = shares();
        long wanted = shares.stream().mapToLong(Share::connections).sum();
        if (wanted <= available.get().high()) {
            return Optional.empty();
        }
        List<Term> terms = new ArrayList<>();
        shares.forEach(share -> {
            terms.add(Terms.of(
                    share.name() + " size + overflow",
                    share.size(),
                    share.pool().sizing().size().origin().equals(Origin.NONE)
                            ? share.pool().origin()
                            : share.pool().sizing().size().origin()));
            if (share.processes() > 1) {
                terms.add(Terms.of(share.name() + " processes", share.processes(), share.processesAt()));
            }
        });
        terms.addAll(budget.terms());
        String sum = sum(shares);
        boolean plain = sum.equals(Long.toString(wanted));
        terms.add(Terms.of("with one instance of each", plain ? sum : sum + " = " + wanted));
        terms.add(Terms.of("to plan with", available.get()));
        return Optional.of(new Finding(
                code,
                Severity.WARNING,
                "the pools together can ask for more connections than " + server.name() + " has: at least " + wanted
                        + " connections wanted, even with one instance of each; " + available.get() + " to plan with",
                server.name(),
                terms,
                fix,
                origin(shares)));
    }

    /** Where a reviewer would look first: at the largest pool. */
    private static Origin origin(List<Share> shares) {
        return shares.stream()
                .max(Comparator.comparingLong(Share::connections))
                .map(share -> share.pool().origin())
                .orElse(Origin.NONE);
    }

    private static String sum(List<Share> shares) {
        return String.join(
                " + ",
                shares.stream()
                        .map(share -> share.processes() == 1
                                ? Long.toString(share.size())
                                : share.processes() + " x " + share.size())
                        .toList());
    }

    private List<Share> shares() {
        Map<Origin, Share> deployed = new LinkedHashMap<>();
        List<Share> largest = List.of();
        for (Service service : fleet.services().values()) {
            List<Share> here = shares(service, server.name());
            if (DerivedFleet.deployed(service)) {
                here.forEach(share -> deployed.merge(share.pool().origin(), share, Floor::smaller));
            } else if (total(here) > total(largest)) {
                largest = here;
            }
        }
        return deployed.isEmpty() ? largest : List.copyOf(deployed.values());
    }

    /** Services of one program share its pools; which of them runs with more processes may be an alternative. */
    private static Share smaller(Share one, Share other) {
        return one.connections() <= other.connections() ? one : other;
    }

    private static long total(List<Share> shares) {
        return shares.stream().mapToLong(Share::connections).sum();
    }

    /** The same for one instance of one service, scripts and migrations left out, to what is named. */
    static long ofInstance(Service service, String target) {
        return total(shares(service, target));
    }

    private static List<Share> shares(Service service, String target) {
        boolean never = service.instances().min().possible().stream().anyMatch(count -> count == 0);
        if (never || byHand(service.name())) {
            return List.of();
        }
        List<Share> shares = new ArrayList<>();
        for (Pool pool : service.pools().values()) {
            if (pool.target().at().equals(target) && !byHand(pool.origin().file())) {
                Service.ProcessKind kind = kind(service, pool);
                long size = size(service, pool, kind);
                long processes = Range.of(kind.count())
                        .filter(count -> kind.count().complete())
                        .map(count -> Math.max(1, count.low()))
                        .orElse(1L);
                if (size > 0) {
                    shares.add(new Share(
                            service.name() + "/" + pool.name(),
                            pool,
                            size,
                            processes,
                            kind.count().origin()));
                }
            }
        }
        return shares;
    }

    private static Service.ProcessKind kind(Service service, Pool pool) {
        return service.processes().values().stream()
                .filter(one -> pool.process().isEmpty() || pool.process().equals(one.name()))
                .findFirst()
                .orElseThrow();
    }

    /** The smallest that the pool can be at its ceiling; 0 where that is not known, or nothing bounds it. */
    private static long size(Service service, Pool pool, Service.ProcessKind kind) {
        if (!pool.sizing().size().complete() || !pool.sizing().overflow().complete()) {
            return 0;
        }
        List<Long> sizes = new ArrayList<>();
        for (Limit size : pool.sizing().size().possible()) {
            for (Limit overflow : pool.sizing().overflow().possible()) {
                Limit most = PoolLibraries.most(service.stackOf(pool), pool.kind(), size, overflow);
                sizes.add(most.bounded() ? most.count() : 0);
            }
        }
        long least = Collections.min(sizes);
        List<Limit> callers = kind.callers().possible();
        return callers.isEmpty()
                ? least
                : callers.stream()
                        .mapToLong(one -> one.bounded() ? Math.min(least, one.count()) : least)
                        .min()
                        .orElse(least);
    }

    private static boolean byHand(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        return BY_HAND.stream().anyMatch(plain::contains);
    }
}
