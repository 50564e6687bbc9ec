package dev.poolwright.lab.run;

import dev.poolwright.lab.subject.EngineKind;
import dev.poolwright.lab.subject.PoolClass;
import java.util.Map;
import java.util.Set;

/**
 * What a plan does not say of how it is executed.
 *
 * @param hikari pools, as {@code service/pool}, that are HikariCP; the others have the semantics of SQLAlchemy's QueuePool
 * @param own services that run on their own library, in a process of their own
 * @param http services that are loaded over HTTP, with the library of their pools
 */
public record LabOptions(Set<String> hikari, Map<String, OwnLibrary> own, Map<String, String> http) {

    public LabOptions {
        hikari = Set.copyOf(hikari);
        own = Map.copyOf(own);
        http = Map.copyOf(http);
    }

    /** Nothing over HTTP. */
    public LabOptions(Set<String> hikari, Map<String, OwnLibrary> own) {
        this(hikari, own, Map.of());
    }

    /** Whether real programs play services: their times are their own, so the run is not made faster, and goes alone. */
    public boolean startsPrograms() {
        return !own.isEmpty() || !http.isEmpty();
    }

    /**
     * A service on the real SQLAlchemy.
     *
     * @param python command of a Python that has it
     */
    public record OwnLibrary(EngineKind engine, PoolClass poolClass, String python) {}
}
