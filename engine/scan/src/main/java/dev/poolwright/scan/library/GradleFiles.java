package dev.poolwright.scan.library;

import dev.poolwright.scan.project.Project;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the build scripts of one folder share with those below it, read once. A view; safe for several threads. */
final class GradleFiles {

    /** Deeper folders have what the one at this depth has. */
    private static final int DEEPEST = 64;

    private final Project project;
    private final Map<String, GradleVariables> variables = new ConcurrentHashMap<>();
    private final Map<String, Catalog> catalogs = new ConcurrentHashMap<>();

    private GradleFiles(Project project) {
        this.project = project;
    }

    static GradleFiles of(Project project) {
        return project.view(GradleFiles.class, GradleFiles::new);
    }

    /** Of a folder and of those above it; the nearest counts. */
    GradleVariables variables(String folder) {
        return variables(folder, DEEPEST);
    }

    private GradleVariables variables(String folder, int depth) {
        GradleVariables known = variables.get(folder);
        if (known == null) {
            GradleVariables above =
                    folder.isEmpty() || depth == 0 ? GradleVariables.NONE : variables(above(folder), depth - 1);
            known = GradleVariables.in(folder, above, project);
            variables.putIfAbsent(folder, known);
        }
        return known;
    }

    /** Of the nearest folder that has one. */
    Catalog catalog(String folder) {
        return catalog(folder, DEEPEST);
    }

    private Catalog catalog(String folder, int depth) {
        Catalog known = catalogs.get(folder);
        if (known == null) {
            known = Catalog.in(folder, project)
                    .orElseGet(() -> folder.isEmpty() || depth == 0 ? Catalog.NONE : catalog(above(folder), depth - 1));
            catalogs.putIfAbsent(folder, known);
        }
        return known;
    }

    private static String above(String folder) {
        int slash = folder.lastIndexOf('/');
        return slash < 0 ? "" : folder.substring(0, slash);
    }
}
