package dev.poolwright.lab.run;

import dev.poolwright.lab.subject.EngineKind;
import dev.poolwright.lab.subject.PoolClass;
import dev.poolwright.lab.subject.PoolLibrary;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a plan does not say of how it is executed.
 *
 * @param pools what plays each pool, by {@code service/pool}; those not named have the semantics of SQLAlchemy's QueuePool
 * @param own services that run on their own library, in a process of their own
 * @param http services that are loaded over HTTP, with the library of their pools
 */
public record LabOptions(Map<String, PoolChoice> pools, Map<String, OwnLibrary> own, Map<String, String> http) {

    public LabOptions {
        pools = Map.copyOf(pools);
        own = Map.copyOf(own);
        http = Map.copyOf(http);
    }

    /** Nothing over HTTP. */
    public LabOptions(Map<String, PoolChoice> pools, Map<String, OwnLibrary> own) {
        this(pools, own, Map.of());
    }

    /** Whether real programs play services: their times are their own, so the run is not made faster, and goes alone. */
    public boolean startsPrograms() {
        return !own.isEmpty() || !http.isEmpty();
    }

    /** With these pools on HikariCP, and the others as above. */
    public LabOptions(Set<String> hikari, Map<String, OwnLibrary> own) {
        this(onHikari(hikari), own);
    }

    private static Map<String, PoolChoice> onHikari(Set<String> pools) {
        return pools.stream().collect(Collectors.toMap(pool -> pool, pool -> PoolChoice.of(PoolLibrary.HIKARI)));
    }

    /**
     * A service on the real SQLAlchemy.
     *
     * @param python command of a Python that has it
     */
    public record OwnLibrary(EngineKind engine, PoolClass poolClass, String python) {}
}
