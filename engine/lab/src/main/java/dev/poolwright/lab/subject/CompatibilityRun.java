package dev.poolwright.lab.subject;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Every engine kind with every pool class, for real: SQLAlchemy and its drivers on a real server, in one Python process. */
public final class CompatibilityRun {
    /** The program gives each cell 30 s at most; a run of healthy cells takes a few seconds in all. */
    private static final Duration LIMIT_PER_ROUND = Duration.ofMinutes(3);

    private CompatibilityRun() {}

    /** Runs 14 cells for each number of concurrent users, in this order, and leaves the program's log in the folder. */
    public static List<CompatibilityCell> run(String python, URI databaseUrl, Path folder, List<Integer> users)
            throws IOException, InterruptedException {
        List<String> arguments = users.stream().map(String::valueOf).toList();
        Duration limit = LIMIT_PER_ROUND.multipliedBy(Math.max(1, users.size()));
        Secrets secrets = new Secrets(databaseUrl, Map.of());
        return PythonScript.run(python, "matrix.py", arguments, databaseUrl, folder, limit).stream()
                .map(fields -> cell(fields, secrets))
                .toList();
    }

    private static CompatibilityCell cell(Map<String, String> fields, Secrets secrets) {
        return new CompatibilityCell(
                EngineKind.of(text(fields, "kind")),
                PoolClass.of(text(fields, "pool_class")),
                Integer.parseInt(text(fields, "users")),
                Integer.parseInt(text(fields, "tried")),
                Integer.parseInt(text(fields, "worked")),
                text(fields, "effective_class"),
                text(fields, "error_type"),
                secrets.mask(text(fields, "error_message")),
                text(fields, "stage"),
                secrets.mask(text(fields, "errors")),
                Double.parseDouble(text(fields, "longest_wait_ms")));
    }

    private static String text(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("matrix.py: its record lacks " + name + ": " + fields.keySet());
        }
        return value;
    }
}
