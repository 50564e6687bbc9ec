package dev.poolwright.model.derive;

import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.fact.LibraryInUse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which programs a tree holds, by folder, and who runs them. A file belongs to the nearest folder that a deployment says it
 * runs, that is a module of its own ({@code …/src/main}), or that depends on libraries; else to its top folder.
 */
final class Programs {

    private static final String MODULE = "/src/main/";

    /** A file of variables: it runs nothing, and is no environment. */
    private static final String VARIABLES = "dotenv";

    /** Folders that say how code is laid out and not which program it is. */
    private static final Set<String> LAYOUT =
            Set.of("src", "app", "lib", "server", "backend-app", "source", "packages");

    private final Set<String> sources = new TreeSet<>();
    private final Set<String> libraries = new TreeSet<>();
    private final List<Deployment> deployments;

    Programs(Facts facts) {
        List<Deployment> all = facts.main(Deployment.class)
                .filter(one -> !Images.infrastructure(one.image(), one.name()) && !OneOff.is(one))
                .toList();
        all.forEach(one -> sources.add(folder(one.source())));
        this.deployments =
                all.stream().filter(one -> !one.kind().equals(VARIABLES)).toList();
        sources.remove("");
        facts.main(LibraryInUse.class).forEach(one -> libraries.add(folder(one.folder())));
    }

    /** The pools of each program, by its folder. */
    static Map<String, List<DeclaredPool>> pools(Facts facts, Programs programs) {
        Map<String, List<DeclaredPool>> pools = new LinkedHashMap<>();
        facts.main(DeclaredPool.class)
                .forEach(pool -> pools.computeIfAbsent(programs.folderOf(pool), key -> new ArrayList<>())
                        .add(pool));
        return pools;
    }

    String folderOf(Fact fact) {
        String file = fact.origin().file();
        Optional<String> source = nearest(sources, file);
        if (source.isPresent()) {
            return source.get();
        }
        int module = ("/" + file).indexOf(MODULE);
        if (module >= 0) {
            return file.substring(0, Math.max(0, module - 1));
        }
        return nearest(libraries, file).orElseGet(() -> top(file));
    }

    /** The first folder, unless it only says how the code of one program is laid out. */
    private static String top(String file) {
        String top = file.contains("/") ? file.substring(0, file.indexOf('/')) : "";
        return LAYOUT.contains(top) ? "" : top;
    }

    /** Deployments that run the program in a folder; empty when none is seen to. */
    List<Deployment> running(String folder, Set<String> programs) {
        List<Deployment> stated = deployments.stream()
                .filter(one -> !one.source().isEmpty() && folder(one.source()).equals(folder))
                .toList();
        List<Deployment> named = deployments.stream()
                .filter(one -> one.source().isEmpty() || folder(one.source()).isEmpty())
                .filter(one -> alike(folder, one))
                .toList();
        List<Deployment> all = new ArrayList<>(stated);
        named.stream().filter(one -> !all.contains(one)).forEach(all::add);
        if (all.isEmpty() && programs.size() == 1) {
            all.addAll(only());
        }
        return preferred(all);
    }

    /** In a tree of one program, the one name that is deployed. */
    private List<Deployment> only() {
        long names = deployments.stream().map(Deployment::name).distinct().count();
        return names == 1 ? deployments : List.of();
    }

    /** Compose is for the developer's machine wherever something else says how it is deployed. */
    private static List<Deployment> preferred(List<Deployment> all) {
        List<Deployment> others =
                all.stream().filter(one -> !one.kind().equals("compose")).toList();
        return others.isEmpty() ? List.copyOf(all) : others;
    }

    private static boolean alike(String folder, Deployment deployment) {
        String last = plain(name(folder));
        if (last.length() < 3) {
            return false;
        }
        String image = deployment.image();
        return List.of(plain(deployment.name()), plain(image.substring(image.lastIndexOf('/') + 1))).stream()
                .anyMatch(one -> one.equals(last)
                        || one.concat("s").equals(last) // folder workers, deployment worker
                        || (last.length() >= 4 && one.length() >= 4 && (one.endsWith(last) || one.startsWith(last))));
    }

    private static String plain(String name) {
        return name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** A name for the program in a folder. */
    static String name(String folder) {
        String rest = folder;
        while (rest.contains("/") && LAYOUT.contains(rest.substring(rest.lastIndexOf('/') + 1))) {
            rest = rest.substring(0, rest.lastIndexOf('/'));
        }
        return rest.isEmpty() ? "app" : rest.substring(rest.lastIndexOf('/') + 1);
    }

    private static Optional<String> nearest(Set<String> folders, String file) {
        return folders.stream()
                .filter(folder -> folder.isEmpty() || file.startsWith(folder + "/"))
                .max(Comparator.comparingInt(String::length));
    }

    private static String folder(String written) {
        String folder = written.replaceFirst("^\\./", "").replaceFirst("/+$", "");
        return folder.equals(".") ? "" : folder;
    }
}
