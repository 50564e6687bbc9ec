package dev.poolwright.scan.tree;

import dev.poolwright.model.fact.Place;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells by the names of folders and files in which part of a tree a file stands. The first folder that says something decides. */
public final class Places {

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
    private static final Set<String> TEST_ENDINGS = Set.of("_test", "-test", "_tests", "-tests");
    private static final Set<String> JVM_TEST = Set.of("Test", "Tests", "TestCase", "IT", "Spec");
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
            "archetype-resources");
    private static final Set<String> VENDORED = Set.of(
            "vendor",
            "vendored",
            "third_party",
            "third-party",
            "thirdparty",
            "_vendor",
            "site-packages",
            "dist-packages");
    private static final Set<String> MIGRATION =
            Set.of("migrations", "migration", "alembic", "flyway", "liquibase", "db-migrations", "seeds", "seeders");

    /** An interpreter's own library, as in a virtual environment that was committed: {@code lib/python3.12}. */
    private static final Pattern INTERPRETER = Pattern.compile("python\\d+\\.\\d+");

    private Places() {}

    /** Whether a folder of that name, in lower case, holds examples. */
    public static boolean isExample(String folder) {
        return EXAMPLE.contains(folder);
    }

    /** Of a folder below a folder. */
    static Place folder(Place above, Path parent, String name) {
        if (above != Place.MAIN) {
            return above;
        }
        String folder = name.toLowerCase(Locale.ROOT);
        if (VENDORED.contains(folder)
                || (INTERPRETER.matcher(folder).matches() && parent.toString().startsWith("lib"))) {
            return Place.VENDORED;
        }
        if (TEST.contains(folder) || TEST_ENDINGS.stream().anyMatch(folder::endsWith)) {
            return Place.TEST;
        }
        if (EXAMPLE.contains(folder)) {
            return Place.EXAMPLE;
        }
        return MIGRATION.contains(folder) ? Place.MIGRATION : Place.MAIN;
    }

    /** Of a file in a folder. */
    static Place file(Place above, String name, Language language) {
        if (above != Place.MAIN) {
            return above;
        }
        String file = name.toLowerCase(Locale.ROOT);
        int dot = file.lastIndexOf('.');
        String stem = dot < 0 ? file : file.substring(0, dot);
        boolean jvm = language == Language.JAVA || language == Language.KOTLIN || language == Language.GROOVY;
        boolean test = file.startsWith("test_")
                || file.equals("conftest.py")
                || file.contains(".test.")
                || file.contains(".spec.")
                || stem.endsWith("_test")
                || stem.equals("application-test")
                || stem.equals("application-it")
                || (jvm && JVM_TEST.stream().anyMatch(ending -> name.contains(ending + ".")));
        boolean example = stem.endsWith(".example")
                || stem.endsWith(".sample")
                || file.endsWith(".example")
                || file.endsWith(".sample")
                || file.endsWith(".template");
        return test ? Place.TEST : example ? Place.EXAMPLE : Place.MAIN;
    }
}
