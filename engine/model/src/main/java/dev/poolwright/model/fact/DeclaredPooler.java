package dev.poolwright.model.fact;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A PgBouncer or its like as its configuration states it.
 *
 * @param name as the manifest names it; also its host name
 * @param version as written; empty when not said
 * @param settings in its own spelling ({@code pool_mode}, {@code default_pool_size}): numbers as {@code Long}, else {@code String}
 */
public record DeclaredPooler(
        String name, String version, Map<String, Value<Object>> settings, Place place, Origin origin) implements Fact {

    public DeclaredPooler {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
