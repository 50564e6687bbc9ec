package dev.poolwright.lab.subject;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The small service on real SQLAlchemy that runs as a subject.
 *
 * @param kind async (asyncpg) or sync (psycopg2, on threads)
 * @param poolClass handed to the engine, legal or not: the engine is built at first use, so an illegal one shows there
 * @param misreports whether every database error is answered as a failed authentication, as the reference system did
 * @param variables further settings: POOL_SIZE, POOL_MAX_OVERFLOW, POOL_TIMEOUT, POOL_RECYCLE, POOL_PRE_PING,
 *     CONNECT_TIMEOUT, APPLICATION_NAME, CALLERS; what is absent is left to the library
 */
public record PythonService(EngineKind kind, PoolClass poolClass, boolean misreports, Map<String, String> variables) {
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final Duration STOP_GRACE = Duration.ofSeconds(5);

    public PythonService {
        variables = Map.copyOf(variables);
    }

    /**
     * The service with size, overflow, timeout and recycling as these settings say. NullPool, StaticPool and AssertionPool
     * take none of them and the engine then fails at first use; the constructor with no variables suits those.
     *
     * @throws IllegalArgumentException if a setting has no counterpart there: a wait for ever, a waiter limit, last in first out
     */
    public static PythonService of(EngineKind kind, PoolClass poolClass, PoolSettings settings, String name) {
        if (settings.acquireTimeout().equals(PoolSettings.FOREVER)
                || settings.waiterLimit() != Integer.MAX_VALUE
                || settings.lifo()) {
            throw new IllegalArgumentException("service " + name + ": " + settings
                    + ": the service has no endless wait, no waiter limit and no last in first out");
        }
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("APPLICATION_NAME", name);
        variables.put("CONNECT_TIMEOUT", Long.toString(settings.connectTimeout().toSeconds()));
        variables.put("POOL_SIZE", Integer.toString(settings.size()));
        variables.put("POOL_MAX_OVERFLOW", Integer.toString(settings.overflow()));
        variables.put("POOL_TIMEOUT", Double.toString(settings.acquireTimeout().toNanos() / 1e9));
        if (!settings.maxLifetime().equals(PoolSettings.FOREVER)) {
            variables.put("POOL_RECYCLE", Long.toString(settings.maxLifetime().toSeconds()));
        }
        if (settings.prePing()) {
            variables.put("POOL_PRE_PING", "true");
        }
        return new PythonService(kind, poolClass, false, variables);
    }

    /** The same service, answering database errors as failed authentications. */
    public PythonService misreporting() {
        return new PythonService(kind, poolClass, true, variables);
    }

    /** Unpacks the program into the folder and says how to run it. */
    public ProcessSpec spec(String name, String python, URI databaseUrl, Path folder) throws IOException {
        Map<String, String> environment = new LinkedHashMap<>(variables);
        environment.put("ENGINE_KIND", kind.text());
        environment.put("POOL_CLASS", poolClass == PoolClass.LEFT_OUT ? "" : poolClass.text());
        environment.put("MISREPORT", Boolean.toString(misreports));
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        Path program = PythonPrograms.unpack(folder).resolve("service.py").toAbsolutePath();
        return new ProcessSpec(
                name,
                List.of(python, "-u", program.toString()),
                environment,
                databaseUrl,
                "/ready",
                "/work",
                READY_WITHIN,
                STOP_GRACE);
    }
}
