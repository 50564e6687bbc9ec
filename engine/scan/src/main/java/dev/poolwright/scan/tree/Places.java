package dev.poolwright.scan.tree;

import dev.poolwright.model.fact.Place;
import java.util.Locale;
import java.util.Set;

/** Tells by the names of folders and files in which part of a tree a file stands. */
final class Places {

    private static final Set<String> TEST = Set.of(
            "test",
            "tests",
            "testing",
            "__tests__",
            "spec",
            "specs",
            "e2e",
            "integration-tests",
            "testdata",
            "fixtures",
            "__mocks__",
            "mocks",
            "it",
            "androidtest",
            "testfixtures",
            "integrationtest",
            "benchmark",
            "benchmarks",
            "bench",
            "perf",
            "loadtest",
            "load-test",
            "load_tests",
            "test_framework",
            "cypress",
            "playwright");
    private static final Set<String> EXAMPLE = Set.of(
            "example",
            "examples",
            "sample",
            "samples",
            "demo",
            "demos",
            "docs",
            "doc",
            "documentation",
            "tutorial",
            "tutorials",
            "cookbook",
            "playground",
            "notebooks",
            "templates",
            "template",
            "archetype-resources");
    private static final Set<String> VENDORED = Set.of(
            "vendor", "vendored", "third_party", "third-party", "thirdparty", "external", "_vendor", "site-packages");
    private static final Set<String> MIGRATION =
            Set.of("migrations", "migration", "alembic", "flyway", "liquibase", "db-migrations", "seeds", "seeders");

    private Places() {}

    /** Of a name relative to the root. The first folder that says something decides. */
    static Place of(String name) {
        String[] parts = name.toLowerCase(Locale.ROOT).split("/", -1);
        for (int i = 0; i + 1 < parts.length; i++) {
            if (VENDORED.contains(parts[i])) {
                return Place.VENDORED;
            }
            if (TEST.contains(parts[i])
                    || parts[i].endsWith("_test")
                    || parts[i].endsWith("-test")
                    || parts[i].endsWith("-tests")
                    || parts[i].endsWith("_tests")) {
                return Place.TEST;
            }
            if (EXAMPLE.contains(parts[i])) {
                return Place.EXAMPLE;
            }
            if (MIGRATION.contains(parts[i])) {
                return Place.MIGRATION;
            }
        }
        return file(parts[parts.length - 1]);
    }

    private static Place file(String name) {
        boolean test = name.startsWith("test_")
                || name.equals("conftest.py")
                || name.contains(".test.")
                || name.contains(".spec.")
                || name.matches(".*_test\\.\\w+")
                || name.matches("application-test\\.\\w+")
                || name.matches(".*tests?\\.(java|kt|groovy)");
        return test ? Place.TEST : Place.MAIN;
    }
}
