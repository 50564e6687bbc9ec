package dev.poolwright.scan.library;

import dev.poolwright.model.fleet.Origin;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which HikariCP a Spring Boot manages, by line of Boot.
 *
 * @see "spring-boot-dependencies, property hikaricp.version, first and last release of each line"
 */
final class Boot {

    /** Starters that bring HikariCP by themselves, since Boot 2.0. */
    private static final Set<String> STARTERS =
            Set.of("spring-boot-starter-jdbc", "spring-boot-starter-data-jpa", "spring-boot-starter-data-jdbc");

    /** From this line of Boot on; exact where the whole line has one. */
    private record Managed(int major, int minor, String hikari, boolean exact) {}

    /** A version of Boot and where it is written. */
    record Version(Allowed allowed, Origin origin) {}

    private static final List<Managed> LINES = List.of(
            new Managed(4, 0, "7.0.2", false),
            new Managed(3, 5, "6.3.0", false),
            new Managed(3, 3, "5.1.0", true),
            new Managed(3, 0, "5.0.1", true),
            new Managed(2, 5, "4.0.3", true),
            new Managed(2, 3, "3.4.5", true),
            new Managed(2, 2, "3.4.1", false),
            new Managed(2, 1, "3.2.0", true),
            new Managed(2, 0, "2.7.8", false));

    private Boot() {}

    static boolean bringsHikari(String artifact) {
        return STARTERS.contains(artifact.toLowerCase(Locale.ROOT));
    }

    /** Empty for a version before 2.0, or one that is no version. */
    static Optional<Allowed> hikari(Allowed boot) {
        String[] parts = boot.version().split("\\.", 3);
        if (parts.length < 2 || !parts[0].matches("\\d{1,3}") || !parts[1].matches("\\d{1,3}")) {
            return Optional.empty();
        }
        int major = Integer.parseInt(parts[0]);
        int minor = Integer.parseInt(parts[1]);
        return LINES.stream()
                .filter(line -> major > line.major() || (major == line.major() && minor >= line.minor()))
                .findFirst()
                .map(line -> new Allowed(line.hikari(), boot.exact() && line.exact() && major == line.major()));
    }
}
