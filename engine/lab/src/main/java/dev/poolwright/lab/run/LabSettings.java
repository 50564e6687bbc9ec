package dev.poolwright.lab.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * How a plan is executed.
 *
 * @param run name under which evidence is written
 * @param evidenceEvery every n-th operation writes its evidence; from 1
 * @param pools what plays each pool, by {@code service/pool}; those not named have the semantics of SQLAlchemy's QueuePool
 * @param folder for logs of the processes of this run
 */
public record LabSettings(String run, int evidenceEvery, Map<String, PoolChoice> pools, Path folder) {

    public LabSettings {
        pools = Map.copyOf(pools);
        if (evidenceEvery < 1) {
            throw new IllegalArgumentException("evidence every = " + evidenceEvery + ": must be at least 1");
        }
    }

    /** With these pools on HikariCP. */
    public LabSettings(String run, int evidenceEvery, Set<String> hikari, Path folder) {
        this(run, evidenceEvery, new LabOptions(hikari, Map.of()).pools(), folder);
    }
}
