package dev.poolwright.model.fact;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Service.Stack;
import dev.poolwright.model.fleet.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A pool, or an engine that brings one, as the source makes it.
 *
 * @param name {@code path#symbol}, for example {@code app/database.py#engine}; what {@code from:} in a fleet file names
 * @param stack runtime, library, version and driver, each empty when not known
 * @param kind the pool class; {@code Known("")} where it is left out
 * @param settings as written, in the library's own spelling and unit ({@code pool_size}, {@code maximumPoolSize}): a number
 *     as {@code Long} or {@code Double}, else {@code String} or {@code Boolean}; what is not written is not here
 * @param url the database URL with its secrets masked; unknown where the source does not say
 * @param scope how often it is made
 */
public record DeclaredPool(
        String name,
        Stack stack,
        Value<String> kind,
        Map<String, Value<Object>> settings,
        Value<String> url,
        Scope scope,
        Place place,
        Origin origin)
        implements Fact {

    public DeclaredPool {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** How often a pool is made. */
    public enum Scope {
        /** Once in each process. */
        PROCESS,
        /** Once in each process, kept by key (a map of tenants or of URLs): as many as there are keys. */
        KEY,
        /** Each time its function is called, and nothing shows that it is kept. */
        CALL
    }
}
