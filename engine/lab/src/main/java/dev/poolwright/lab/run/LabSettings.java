package dev.poolwright.lab.run;

import java.nio.file.Path;
import java.util.Set;

/**
 * How a plan is executed.
 *
 * @param run name under which evidence is written
 * @param evidenceEvery every n-th operation writes its evidence; from 1
 * @param hikari pools, as {@code service/pool}, that are HikariCP; the others have the semantics of SQLAlchemy's QueuePool
 * @param folder for logs of the processes of this run
 */
public record LabSettings(String run, int evidenceEvery, Set<String> hikari, Path folder) {

    public LabSettings {
        hikari = Set.copyOf(hikari);
        if (evidenceEvery < 1) {
            throw new IllegalArgumentException("evidence every = " + evidenceEvery + ": must be at least 1");
        }
    }
}
