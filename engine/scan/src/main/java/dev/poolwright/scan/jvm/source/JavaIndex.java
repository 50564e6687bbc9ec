package dev.poolwright.scan.jvm.source;

import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The Java files of a project by name. A file is parsed when its classes are asked for first. Safe for several threads. */
public final class JavaIndex {

    private static final int MOST_PARENTS = 8;

    private final Project project;
    private final Map<String, List<SourceFile>> byName = new HashMap<>();
    private final Map<String, Optional<JavaFile>> parsed = new ConcurrentHashMap<>();

    private JavaIndex(Project project) {
        this.project = project;
        for (SourceFile file : project.tree().files()) {
            if (file.language() == Language.JAVA) {
                byName.computeIfAbsent(file.fileName(), name -> new ArrayList<>(1))
                        .add(file);
            }
        }
    }

    /** The view of a project. */
    public static JavaIndex of(Project project) {
        return project.view(JavaIndex.class, JavaIndex::new);
    }

    public Project project() {
        return project;
    }

    /** A file as Java; empty when it cannot be read. */
    public Optional<JavaFile> file(SourceFile file) {
        Optional<JavaFile> known = parsed.get(file.name());
        if (known == null) {
            known = project.syntax(file).map(root -> new JavaFile(file, root));
            Optional<JavaFile> other = parsed.putIfAbsent(file.name(), known);
            known = other == null ? known : other;
        }
        return known;
    }

    /** The class of this tree that a type name in a file means; empty for a library's. */
    public Optional<JavaClass> resolve(String type, JavaFile from) {
        String plain = JavaFile.plain(type);
        int dot = plain.lastIndexOf('.');
        String simple = plain.substring(dot + 1);
        Optional<JavaClass> here = from.named(simple);
        if (here.isPresent()) {
            return here;
        }
        if (dot > 0) {
            String outer = plain.substring(0, dot);
            Optional<JavaClass> nested = Character.isUpperCase(outer.charAt(outer.lastIndexOf('.') + 1))
                    ? resolve(outer, from).flatMap(owner -> owner.file().named(simple))
                    : Optional.empty();
            return nested.isPresent() ? nested : full(plain, from);
        }
        Optional<String> imported = from.imported(simple);
        if (imported.isPresent()) {
            return full(imported.get(), from);
        }
        Optional<JavaClass> neighbour = full(join(from.packageName(), simple), from);
        for (String packageName : from.packages()) {
            neighbour = neighbour.isPresent() ? neighbour : full(join(packageName, simple), from);
        }
        return neighbour;
    }

    private static String join(String packageName, String simple) {
        return packageName.isEmpty() ? simple : packageName + "." + simple;
    }

    /** By its full name, {@code com.example.Outer.Nested} too; the one nearest to a file where there are several. */
    Optional<JavaClass> full(String name, JavaFile from) {
        String outer = name;
        for (int level = 0; level < 3 && !outer.isEmpty(); level++) {
            String path = outer.replace('.', '/') + ".java";
            Optional<SourceFile> found =
                    byName.getOrDefault(path.substring(path.lastIndexOf('/') + 1), List.of()).stream()
                            .filter(file ->
                                    file.name().equals(path) || file.name().endsWith("/" + path))
                            .reduce((first, second) ->
                                    common(second, from.file()) > common(first, from.file()) ? second : first);
            if (found.isPresent()) {
                String simple = name.substring(name.lastIndexOf('.') + 1);
                return file(found.get()).flatMap(file -> file.named(simple));
            }
            outer = outer.contains(".") ? outer.substring(0, outer.lastIndexOf('.')) : "";
        }
        return Optional.empty();
    }

    private static int common(SourceFile one, SourceFile other) {
        int same = 0;
        int most = Math.min(one.name().length(), other.name().length());
        while (same < most && one.name().charAt(same) == other.name().charAt(same)) {
            same++;
        }
        return same;
    }

    /** The Java files of a file name ({@code OrderService.java}). */
    public List<SourceFile> named(String fileName) {
        return List.copyOf(byName.getOrDefault(fileName, List.of()));
    }

    /** The file that a full class name means, without parsing it; empty for a library's. */
    public Optional<SourceFile> fileOf(String fullName, SourceFile from) {
        String path = fullName.replace('.', '/') + ".java";
        return byName.getOrDefault(path.substring(path.lastIndexOf('/') + 1), List.of()).stream()
                .filter(file -> file.name().equals(path) || file.name().endsWith("/" + path))
                .reduce((first, second) -> common(second, from) > common(first, from) ? second : first);
    }

    /** A field of a class or of those of its parents that are in this tree. */
    public Optional<Owned> field(String name, JavaClass of) {
        JavaClass at = of;
        for (int i = 0; i < MOST_PARENTS; i++) {
            Optional<JavaField> field = at.field(name);
            if (field.isPresent()) {
                return Optional.of(new Owned(at, field.get()));
            }
            Optional<JavaClass> parent = at.parent().isEmpty() ? Optional.empty() : resolve(at.parent(), at.file());
            if (parent.isEmpty() || parent.get() == at) {
                break;
            }
            at = parent.get();
        }
        return outer(of).flatMap(outer -> field(name, outer));
    }

    /** The class around a nested one. */
    static Optional<JavaClass> outer(JavaClass of) {
        return of.file().classes().stream()
                .filter(one -> one != of && one.node().contains(of.node()))
                .reduce((first, second) -> second);
    }

    /** A field with the class that declares it. */
    public record Owned(JavaClass owner, JavaField field) {}
}
