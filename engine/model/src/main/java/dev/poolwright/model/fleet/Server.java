package dev.poolwright.model.fleet;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One database server.
 *
 * @param name in the fleet
 * @param engine {@code postgresql} or {@code mysql}
 * @param version as written, for example 15; empty when not said
 * @param limits how many connections it has to give
 * @param cores processor cores; work in the database shares them
 * @param connectTime what the server itself needs to set up one connection
 * @param databases logical databases; empty when not said
 * @param readReplicaOf name of the server that this one is a read replica of; empty for a primary
 * @param origin where it is written
 */
public record Server(
        String name,
        String engine,
        String version,
        Limits limits,
        Value<Double> cores,
        Duration connectTime,
        List<String> databases,
        String readReplicaOf,
        Origin origin) {

    public Server {
        databases = List.copyOf(databases);
    }

    /**
     * How many connections a server has to give.
     *
     * @param maxConnections the server's own limit
     * @param reserved slots that applications cannot have
     * @param planWith the share of what is left that may be planned with, from 0 to 1
     * @param others connections of people and tools, by name, already spoken for
     * @param roles limit per role; a role that is not named has none
     * @param databases limit per logical database; one that is not named has none
     */
    public record Limits(
            Value<Integer> maxConnections,
            Value<Integer> reserved,
            Value<Double> planWith,
            Map<String, Value<Integer>> others,
            Map<String, Integer> roles,
            Map<String, Integer> databases) {
        public Limits {
            others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
            roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
            databases = Collections.unmodifiableMap(new LinkedHashMap<>(databases));
        }
    }
}
