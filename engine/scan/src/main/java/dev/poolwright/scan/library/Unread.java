package dev.poolwright.scan.library;

import dev.poolwright.model.fact.LibraryInUse;
import dev.poolwright.model.fact.Place;
import dev.poolwright.scan.project.Project;
import java.util.ArrayList;
import java.util.List;

/** What a scan has to say of program text that talks to a database and that no reader knows. Stateless. */
public final class Unread {

    private Unread() {}

    /**
     * A line for each stack of which there are both source files that run and a declared database library, for example
     * {@code Go: 312 files (pgx is not read yet)}.
     */
    public static List<String> in(Project project) {
        List<String> lines = new ArrayList<>();
        for (UnreadStack stack : UnreadStack.values()) {
            List<String> declared = stack.names().stream()
                    .filter(name -> isDeclared(name(stack, name), project))
                    .toList();
            long files = project.tree().files().stream()
                    .filter(file -> file.language() == stack.language() && file.place() == Place.MAIN)
                    .count();
            if (files > 0 && !declared.isEmpty()) {
                String verb = declared.size() == 1 ? " is" : " are";
                lines.add("%s: %d %s (%s%s not read yet)"
                        .formatted(
                                stack.title(),
                                files,
                                files == 1 ? "file" : "files",
                                String.join(", ", declared),
                                verb));
            }
        }
        return List.copyOf(lines);
    }

    /** What the facts call a library of a stack that is not read. */
    static String name(UnreadStack stack, String library) {
        return stack.title() + ": " + library;
    }

    private static boolean isDeclared(String name, Project project) {
        return project.earlier().of(LibraryInUse.class).stream()
                .anyMatch(one -> one.name().equals(name) && one.place() == Place.MAIN);
    }
}
