package dev.poolwright.lab.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Finds a Python that can import what the Python subjects need: the one that {@code POOLWRIGHT_PYTHON} names, then
 * {@code .poolwright/python/bin/python} in the working directory or above it, then {@code python3} on the path.
 */
public final class PythonFinder {
    /** What {@code requirements.txt} installs, as far as the programs import it. */
    public static final List<String> MODULES = List.of("sqlalchemy", "asyncpg", "psycopg2", "starlette", "uvicorn");

    private static final String VARIABLE = "POOLWRIGHT_PYTHON";
    private static final long CHECK_SECONDS = 30;

    private PythonFinder() {}

    /**
     * The first that can import all modules; empty if none can.
     *
     * @throws IllegalArgumentException if the environment names one and that one cannot
     */
    public static Optional<String> find(Map<String, String> environment, List<String> modules)
            throws InterruptedException {
        String named = environment.get(VARIABLE);
        if (named != null && !named.isEmpty()) {
            if (canImport(named, modules)) {
                return Optional.of(named);
            }
            throw new IllegalArgumentException(VARIABLE + " = " + named + ": it cannot import "
                    + String.join(", ", modules) + "; install requirements.txt there, or unset the variable");
        }
        for (String candidate : candidates()) {
            if (canImport(candidate, modules)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static List<String> candidates() {
        List<String> candidates = new ArrayList<>();
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path python = folder.resolve(".poolwright/python/bin/python");
            if (Files.isExecutable(python)) {
                candidates.add(python.toString());
            }
        }
        candidates.add("python3");
        return candidates;
    }

    private static boolean canImport(String python, List<String> modules) throws InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(python, "-c", "import " + String.join(", ", modules))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // There is no such program.
            return false;
        }
        if (!process.waitFor(CHECK_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }
}
