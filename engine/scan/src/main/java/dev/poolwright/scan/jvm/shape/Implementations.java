package dev.poolwright.scan.jvm.shape;

import dev.poolwright.model.fact.Place;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The files that implement an interface, found by their text: those named after it first, else those of its package and
 * below. Safe for several threads.
 */
final class Implementations {

    /** Larger packages are not searched. */
    private static final int MOST_FILES = 400;

    private final Map<String, List<SourceFile>> byName = new TreeMap<>();
    private final Map<String, List<SourceFile>> byFolder = new TreeMap<>();
    private final Relevance texts;
    private final Map<String, List<SourceFile>> known = new ConcurrentHashMap<>();

    private Implementations(Project project) {
        this.texts = Relevance.of(project);
        for (SourceFile file : project.tree().files()) {
            if (file.language() == Language.JAVA && file.place() != Place.TEST) {
                byName.computeIfAbsent(file.fileName(), name -> new ArrayList<>(1))
                        .add(file);
                byFolder.computeIfAbsent(file.folder() + "/", name -> new ArrayList<>())
                        .add(file);
            }
        }
    }

    static Implementations of(Project project) {
        return project.view(Implementations.class, Implementations::new);
    }

    List<SourceFile> of(String type, String packageName, SourceFile declared) {
        return known.computeIfAbsent(declared.name() + "#" + type, key -> find(type, packageName, declared));
    }

    private List<SourceFile> find(String type, String packageName, SourceFile declared) {
        Pattern header = Pattern.compile("\\b(implements|extends)\\s[^{;]*\\b" + type + "\\b");
        List<SourceFile> found = new ArrayList<>();
        for (String name : usual(type)) {
            byName.getOrDefault(name + ".java", List.of()).stream()
                    .filter(file -> texts.matches(file, header))
                    .forEach(found::add);
        }
        if (found.isEmpty() && packageName.contains(".")) {
            List<SourceFile> near = byFolder.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(declared.folder() + "/"))
                    .flatMap(entry -> entry.getValue().stream())
                    .filter(file -> !file.name().equals(declared.name()))
                    .limit(MOST_FILES + 1L)
                    .toList();
            near.stream()
                    .filter(file -> near.size() <= MOST_FILES && texts.matches(file, header))
                    .forEach(found::add);
        }
        return List.copyOf(found);
    }

    private static List<String> usual(String type) {
        String plain = type.matches("I[A-Z].*") ? type.substring(1) : type;
        return List.of(
                plain + "Impl", "Default" + plain, "Jpa" + plain, "Jdbc" + plain, "Base" + plain, "Simple" + plain);
    }
}
