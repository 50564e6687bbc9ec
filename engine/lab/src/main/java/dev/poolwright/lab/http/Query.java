package dev.poolwright.lab.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a request asks for, in the query of its URI. */
record Query(Map<String, List<String>> values) {

    static Query of(URI uri) {
        Map<String, List<String>> values = new HashMap<>();
        String raw = uri.getRawQuery();
        for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
            values.computeIfAbsent(key, name -> new ArrayList<>()).add(value);
        }
        return new Query(values);
    }

    Optional<String> find(String key) {
        return values.getOrDefault(key, List.of()).stream().findFirst();
    }

    /** One borrow after another, each {@code pool,connections,nested,in database ns,outside ns}. */
    List<Step> steps() {
        return values.getOrDefault("step", List.of()).stream().map(Step::of).toList();
    }

    boolean leaks() {
        return find("leak").isPresent();
    }

    /** One borrow. */
    record Step(String pool, int connections, boolean nested, long inDatabaseNanos, long outsideNanos) {
        private static final int PARTS = 5;

        static Step of(String text) {
            String[] parts = text.split(",", -1);
            if (parts.length != PARTS) {
                throw new IllegalArgumentException(
                        "step = " + text + ": must be pool,connections,nested,in database ns,outside ns");
            }
            return new Step(
                    parts[0],
                    Integer.parseInt(parts[1]),
                    Boolean.parseBoolean(parts[2]),
                    Long.parseLong(parts[3]),
                    Long.parseLong(parts[4]));
        }

        String text() {
            return pool + "," + connections + "," + nested + "," + inDatabaseNanos + "," + outsideNanos;
        }
    }
}
