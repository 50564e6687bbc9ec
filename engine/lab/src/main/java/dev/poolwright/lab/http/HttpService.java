package dev.poolwright.lab.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.poolwright.lab.subject.ProcessSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The small HTTP service that runs as a subject, in a JVM of its own. Its routes are in {@code docs/http-service.md}.
 *
 * @param application name that the server sees, before {@code /} and the pool's name
 * @param pools at least one; the first is the one that {@code /ready} asks
 */
public record HttpService(String application, List<PoolSpec> pools) {

    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final Duration STOP_GRACE = Duration.ofSeconds(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    public HttpService {
        pools = List.copyOf(pools);
        if (pools.isEmpty()) {
            throw new IllegalArgumentException("service " + application + ": pools = []: at least one is needed");
        }
    }

    /** How to run it; user, password and database are those of the URL, the ports those of the pools. */
    public ProcessSpec spec(String name, URI databaseUrl) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("APPLICATION_NAME", application);
        environment.put("POOLS", json());
        return new ProcessSpec(
                name,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HttpServiceMain.class.getName()),
                environment,
                databaseUrl,
                "/health",
                "/loads",
                READY_WITHIN,
                STOP_GRACE);
    }

    private String json() {
        try {
            return JSON.writeValueAsString(pools);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values are always JSON", e);
        }
    }

    /** The query part of one borrow, for {@code /loads/NAME}. */
    public static String step(String pool, int connections, boolean nested, long inDatabaseNanos, long outsideNanos) {
        return "step=" + new Query.Step(pool, connections, nested, inDatabaseNanos, outsideNanos).text();
    }
}
