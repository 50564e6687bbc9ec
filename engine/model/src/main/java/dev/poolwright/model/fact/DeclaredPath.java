package dev.poolwright.model.fact;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network path with a limit of its own, for example a serverless VPC connector, as a manifest states it.
 *
 * @param kind {@code vpc-connector}, …
 * @param settings in the manifest's own spelling: numbers as {@code Long}, else {@code String}
 */
public record DeclaredPath(String name, String kind, Map<String, Value<Object>> settings, Place place, Origin origin)
        implements Fact {

    public DeclaredPath {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
