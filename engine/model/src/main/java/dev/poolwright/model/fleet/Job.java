package dev.poolwright.model.fleet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Something that runs beside the services, for example a migration; {@code when} is {@code deploy}, {@code always} or {@code schedule}. */
public record Job(String name, String when, Map<String, Pool> pools, Origin origin) {

    public Job {
        pools = Collections.unmodifiableMap(new LinkedHashMap<>(pools));
    }
}
