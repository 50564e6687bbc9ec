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
 */
public record LabOptions(Map<String, PoolChoice> pools, Map<String, OwnLibrary> own) {

    public LabOptions {
        pools = Map.copyOf(pools);
        own = Map.copyOf(own);
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
