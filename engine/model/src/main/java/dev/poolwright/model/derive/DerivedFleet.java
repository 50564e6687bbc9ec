package dev.poolwright.model.derive;

import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Platform;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fleet that a source tree shows: its programs as services, their pools, who runs them how often, the servers they lead
 * to. What the tree does not say stays unknown. Only what runs enters: no test, example, vendored or migration code.
 *
 * @param fleet without an environment
 * @param environments by name, where manifests of several environments are told apart by their names
 * @param declared the declared pool behind each pool, by {@code service/pool}
 */
public record DerivedFleet(Fleet fleet, SortedMap<String, Fleet> environments, Map<String, DeclaredPool> declared) {

    /** Begins the name of a server that nothing in the tree names: that pools share it is assumed for sums, and not known. */
    static final String UNSEEN = "database of ";

    /** More services than this are not told apart any more. */
    private static final int MOST_SERVICES = 500;

    public DerivedFleet {
        environments = Collections.unmodifiableSortedMap(new TreeMap<>(environments));
        declared = Collections.unmodifiableMap(new LinkedHashMap<>(declared));
    }

    /** Whether anything in the tree names the server that a target leads to. */
    public static boolean seen(Target target) {
        return !target.at().isEmpty() && !target.at().startsWith(UNSEEN);
    }

    public static DerivedFleet of(Facts facts) {
        return of(facts, Tiers.NONE);
    }

    /** Whether a manifest says that a service of a derived fleet is run; else its program is in the tree, and that is all. */
    public static boolean deployed(Service service) {
        return service.pools().values().stream().noneMatch(pool -> pool.origin().equals(service.origin()));
    }

    /** @param tiers knows what a managed server allows whose manifest names its tier and no limit */
    public static DerivedFleet of(Facts facts, Tiers tiers) {
        Builder builder = new Builder(facts, tiers);
        Fleet fleet = builder.fleet("");
        SortedMap<String, Fleet> environments = new TreeMap<>();
        Set<String> names = builder.environments();
        if (names.size() > 1 || (names.size() == 1 && builder.unnamed())) {
            names.forEach(name -> environments.put(name, builder.fleet(name)));
        }
        return new DerivedFleet(fleet, environments, builder.declared);
    }

    private static final class Builder {
        private final Facts facts;
        private final Tiers tiers;
        private final Map<String, List<DeclaredPool>> programs;
        private final Map<String, List<Deployment>> running = new LinkedHashMap<>();
        private final Map<String, DeclaredPool> declared = new LinkedHashMap<>();

        private Builder(Facts facts, Tiers tiers) {
            this.facts = facts;
            this.tiers = tiers;
            Programs found = new Programs(facts);
            this.programs = Programs.pools(facts, found);
            programs.keySet().forEach(folder -> running.put(folder, found.running(folder, programs.keySet())));
        }

        private Set<String> environments() {
            Set<String> names = new TreeSet<>();
            running.values().forEach(all -> all.forEach(one -> names.add(one.environment())));
            names.remove("");
            return names;
        }

        private boolean unnamed() {
            return running.values().stream()
                    .anyMatch(all ->
                            all.stream().anyMatch(one -> one.environment().isEmpty()));
        }

        private Fleet fleet(String environment) {
            Servers servers = new Servers(facts, tiers);
            Map<String, Service> services = new LinkedHashMap<>();
            programs.forEach((folder, pools) -> {
                List<Deployment> here = of(running.getOrDefault(folder, List.of()), environment);
                Map<String, List<Deployment>> byName = new LinkedHashMap<>();
                here.forEach(one -> byName.computeIfAbsent(name(one, folder), key -> new ArrayList<>())
                        .add(one));
                if (byName.isEmpty()) {
                    byName.put(Programs.name(folder), List.of());
                }
                byName.forEach((name, deployments) -> {
                    if (services.size() < MOST_SERVICES) {
                        String own = free(services.keySet(), name, folder);
                        services.put(own, service(own, folder, pools, deployments, servers));
                    }
                });
            });
            return new Fleet(
                    "the source tree",
                    environment,
                    new Fleet.Nodes(servers.servers(), servers.poolers(), Map.of()),
                    services,
                    Map.of(),
                    Platform.UNSTATED,
                    List.of());
        }

        /** A name that a template fills in later is no name. */
        private static String name(Deployment deployment, String folder) {
            String name = deployment.name();
            return name.isBlank() || name.contains("{") || name.contains("$") ? Programs.name(folder) : name;
        }

        /** Those of the environment; those of none where it has none, and of all where there is no choice. */
        private static List<Deployment> of(List<Deployment> all, String environment) {
            List<Deployment> here = all.stream()
                    .filter(one -> one.environment().equals(environment))
                    .toList();
            List<Deployment> common =
                    all.stream().filter(one -> one.environment().isEmpty()).toList();
            return !here.isEmpty() ? here : !common.isEmpty() ? common : all;
        }

        private Service service(
                String name, String folder, List<DeclaredPool> pools, List<Deployment> deployments, Servers servers) {
            Map<String, Pool> read = new LinkedHashMap<>();
            for (DeclaredPool pool : pools) {
                String own = free(read.keySet(), symbol(pool), pool.origin().file());
                read.put(own, DerivedPool.of(pool, own, servers.of(pool, Programs.name(folder))));
                declared.put(name + "/" + own, pool);
            }
            Instances instances = new Instances(facts, folder, name, deployments, pools);
            return new Service(
                    name,
                    pools.get(0).stack(),
                    instances.instances(),
                    instances.processes(),
                    read,
                    Map.of(),
                    List.of(),
                    List.of(),
                    deployments.isEmpty()
                            ? pools.get(0).origin()
                            : deployments.get(0).origin());
        }

        private static String symbol(DeclaredPool pool) {
            String symbol = pool.name().substring(pool.name().indexOf('#') + 1);
            return symbol.isBlank() ? "pool" : symbol;
        }

        /** A name that is not taken: as it is, else with what tells it apart. */
        private static String free(Set<String> taken, String name, String apart) {
            if (!taken.contains(name)) {
                return name;
            }
            String longer = name + " of " + (apart.isEmpty() ? "the root" : apart);
            Set<String> all = new LinkedHashSet<>(taken);
            int next = 2;
            String free = longer;
            while (all.contains(free)) {
                free = longer + " (" + next++ + ")";
            }
            return free;
        }
    }
}
