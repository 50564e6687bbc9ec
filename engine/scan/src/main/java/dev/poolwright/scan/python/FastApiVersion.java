package dev.poolwright.scan.python;

import dev.poolwright.model.fact.LibraryInUse;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.SourceFile;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When FastAPI runs what stands behind the {@code yield} of a dependency. Up to 0.105 and from 0.118 on: after the response was
 * sent. From 0.106 to 0.117: before it is sent (release notes of 0.106.0 and 0.118.0).
 */
enum FastApiVersion {
    AFTER_THE_RESPONSE,
    BEFORE_THE_RESPONSE,
    /** The version is not written, or only a range of it. */
    NOT_SAID;

    /** {@code "fastapi>=0.109.0",}, {@code fastapi[standard] >= 0.109 ; python_version > "3.9"}, {@code fastapi}. */
    private static final Pattern OPEN = Pattern.compile(
            "^[\\s\"'-]*fastapi(\\[[\\w, -]*])?\\s*(>=?\\s*[\\d.]+)?\\s*([;#\"'].*)?,?\\s*$", Pattern.CASE_INSENSITIVE);

    /** For the program that a file belongs to: the nearest folder that states a version. */
    static FastApiVersion of(SourceFile file, Project project) {
        Optional<LibraryInUse> nearest = project.earlier().of(LibraryInUse.class).stream()
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals("fastapi"))
                .filter(one -> one.folder().isEmpty() || file.name().startsWith(one.folder() + "/"))
                .max(Comparator.<LibraryInUse>comparingInt(one -> one.folder().length())
                        .thenComparing(LibraryInUse::exact));
        return nearest.map(one -> isOpen(one, project) ? AFTER_THE_RESPONSE : of(one.version(), one.exact()))
                .orElse(NOT_SAID);
    }

    /** Whether only a lowest version is written, so that whoever installs it gets the newest: {@code fastapi>=0.109}. */
    private static boolean isOpen(LibraryInUse library, Project project) {
        if (library.exact()) {
            return false;
        }
        String line = project.file(library.origin().file())
                .flatMap(project::text)
                .flatMap(text -> text.text()
                        .lines()
                        .skip(Math.max(0, library.origin().line() - 1L))
                        .findFirst())
                .orElse("");
        return OPEN.matcher(line).find();
    }

    static FastApiVersion of(String version, boolean exact) {
        String[] parts = version.split("\\.", -1);
        if (parts.length < 2 || !parts[0].matches("\\d{1,4}") || !parts[1].matches("\\d{1,6}")) {
            return NOT_SAID;
        }
        int number = Integer.parseInt(parts[0]) * 1_000_000 + Integer.parseInt(parts[1]);
        if (number >= 118) {
            return AFTER_THE_RESPONSE;
        }
        return !exact ? NOT_SAID : number >= 106 ? BEFORE_THE_RESPONSE : AFTER_THE_RESPONSE;
    }
}
