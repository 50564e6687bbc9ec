package dev.poolwright.scan.library;

import dev.poolwright.model.fact.LibraryInUse;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the program that a file belongs to depends on: what the nearest folder above the file declares, up to the root. A view
 * over the facts of {@link dev.poolwright.scan.project.Reader.Stage#LIBRARIES}. Immutable; safe to share.
 */
public final class Libraries {

    /** In one folder: what runs before what tests, what is locked before what is allowed, something before nothing. */
    private static final Comparator<LibraryInUse> BEST = Comparator.comparing(LibraryInUse::place)
            .thenComparing(LibraryInUse::exact, Comparator.reverseOrder())
            .thenComparing(one -> one.version().isEmpty());

    private final Map<String, Map<String, LibraryInUse>> byNameAndFolder = new HashMap<>();

    private Libraries(Project project) {
        Map<String, Map<String, List<LibraryInUse>>> all = new HashMap<>();
        for (LibraryInUse one : project.earlier().of(LibraryInUse.class)) {
            all.computeIfAbsent(one.name(), name -> new HashMap<>())
                    .computeIfAbsent(one.folder(), folder -> new ArrayList<>())
                    .add(one);
        }
        all.forEach((name, folders) -> {
            Map<String, LibraryInUse> best = new HashMap<>();
            folders.forEach((folder, several) -> several.stream().min(BEST).ifPresent(one -> best.put(folder, one)));
            byNameAndFolder.put(name, best);
        });
    }

    /** The view of a project; complete once the stage of libraries is over. */
    public static Libraries of(Project project) {
        return project.view(Libraries.class, Libraries::new);
    }

    /**
     * The declaration that counts for a file. Where the nearest one only says which versions are allowed, and a lock further up
     * says which of them is used, the lock.
     *
     * @param library our name of it
     */
    public Optional<LibraryInUse> of(SourceFile file, String library) {
        Map<String, LibraryInUse> folders = byNameAndFolder.getOrDefault(library, Map.of());
        LibraryInUse nearest = null;
        for (Optional<String> folder = Optional.of(file.folder()); folder.isPresent(); folder = above(folder.get())) {
            LibraryInUse here = folders.get(folder.get());
            if (here == null) {
                continue;
            }
            if (here.exact() && (nearest == null || isAllowed(here.version(), nearest.version()))) {
                return Optional.of(here);
            }
            nearest = nearest == null ? here : nearest;
        }
        return Optional.ofNullable(nearest);
    }

    /** Its version, or the lowest that is allowed; empty when not said. */
    public String version(SourceFile file, String library) {
        return of(file, library).map(LibraryInUse::version).orElse("");
    }

    /** Whether the program declares it, directly or in its lock. */
    public boolean uses(SourceFile file, String library) {
        return of(file, library).isPresent();
    }

    private static Optional<String> above(String folder) {
        int slash = folder.lastIndexOf('/');
        return folder.isEmpty() ? Optional.empty() : Optional.of(slash < 0 ? "" : folder.substring(0, slash));
    }

    /** Whether a locked version is of the same major as the lowest that is allowed. */
    private static boolean isAllowed(String locked, String lowest) {
        return lowest.isEmpty() || major(locked).equals(major(lowest));
    }

    private static String major(String version) {
        int dot = version.indexOf('.');
        return dot < 0 ? version : version.substring(0, dot);
    }
}
