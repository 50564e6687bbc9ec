package dev.poolwright.scan.node;

import dev.poolwright.model.fact.Place;
import dev.poolwright.scan.tree.SourceFile;
import java.util.Locale;
import java.util.Set;

/** In which part of the tree a file of JavaScript stands: as the walk says, and what else runs once by the custom of npm. */
final class NodePlaces {

    private static final Set<String> RUN_ONCE = Set.of(
            "scripts", "script", "seed", "tools", "tooling", "migrate", "prisma", "codemods", "dev", ".github", "bin");
    private static final Set<String> TEST = Set.of(
            "test-utils",
            "testutils",
            "__fixtures__",
            "e2e-tests",
            "load-tests",
            "k6",
            "testcontainers",
            "test-containers");

    private NodePlaces() {}

    static Place of(SourceFile file) {
        if (file.place() != Place.MAIN) {
            return file.place();
        }
        String[] parts = file.name().toLowerCase(Locale.ROOT).split("/", -1);
        for (int i = 0; i + 1 < parts.length; i++) {
            if (TEST.contains(parts[i])) {
                return Place.TEST;
            }
            // packages/prisma/index.ts is a program's own client; prisma/seed.ts is run once
            boolean schemaFolder =
                    parts[i].equals("prisma") && (i > 0 && parts[i - 1].matches("packages|libs|src|lib"));
            if (RUN_ONCE.contains(parts[i]) && !schemaFolder) {
                return Place.MIGRATION;
            }
        }
        String name = parts[parts.length - 1];
        if (name.matches("(seed|seeds|seeder|migrate|migration|migrations|backfill)[-.\\w]*\\.[cm]?[jt]sx?")
                || name.matches(".*[-.](seed|migrate|migration|script)\\.[cm]?[jt]s")) {
            return Place.MIGRATION;
        }
        return name.matches(
                        "(test|tests|jest|vitest|playwright)[-.].*|.*[-.](test|spec|e2e|mock|fixture)s?\\.\\w+|.*[-.]stories\\.\\w+|test-.*")
                ? Place.TEST
                : Place.MAIN;
    }
}
