package dev.poolwright.model.derive;

import dev.poolwright.model.fact.DeclaredServer;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.fleet.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The declared servers, each name once: manifests of several environments speak of one server. */
final class NamedServers {

    private NamedServers() {}

    /** By name, in order of place: of several, one that says its limit or its tier. */
    static List<DeclaredServer> of(Facts facts) {
        Map<String, List<DeclaredServer>> byName = new LinkedHashMap<>();
        facts.main(DeclaredServer.class)
                .forEach(one -> byName.computeIfAbsent(one.name(), key -> new ArrayList<>())
                        .add(one));
        return byName.values().stream().map(NamedServers::one).toList();
    }

    private static DeclaredServer one(List<DeclaredServer> all) {
        List<DeclaredServer> limited = preferred(all, NamedServers::limited);
        List<DeclaredServer> tiered = preferred(limited, one -> !one.tier().isEmpty());
        DeclaredServer first = tiered.get(0);
        List<Value.Case<Integer>> limits = tiered.stream()
                .filter(NamedServers::limited)
                .map(one -> new Value.Case<>(one.origin().file(), one.maxConnections()))
                .toList();
        boolean differ =
                limits.stream().map(one -> one.value().possible()).distinct().count() > 1;
        return differ
                ? new DeclaredServer(
                        first.name(),
                        first.engine(),
                        first.version(),
                        first.tier(),
                        new Value.OneOf<>(limits, first.origin()),
                        first.place(),
                        first.origin())
                : first;
    }

    /**
     * The one server that a program of the tree can mean that does not say which: the only one of its engine, else the only
     * one that is a managed server, or else the only one that is not named after tests. Empty where there is a choice left.
     */
    static Optional<DeclaredServer> only(List<DeclaredServer> servers, String engine) {
        List<DeclaredServer> fitting = servers.stream()
                .filter(one -> engine.isEmpty() || one.engine().equals(engine))
                .toList();
        List<DeclaredServer> managed = preferred(fitting, one -> !one.tier().isEmpty());
        List<DeclaredServer> serious =
                preferred(managed, one -> !one.name().toLowerCase(Locale.ROOT).contains("test"));
        return serious.size() == 1 ? Optional.of(serious.get(0)) : Optional.empty();
    }

    private static boolean limited(DeclaredServer one) {
        return !one.maxConnections().possible().isEmpty();
    }

    /** Those that fit, or all where none does. */
    private static List<DeclaredServer> preferred(List<DeclaredServer> all, Predicate<DeclaredServer> wanted) {
        List<DeclaredServer> fitting = all.stream().filter(wanted).toList();
        return fitting.isEmpty() ? all : fitting;
    }
}
