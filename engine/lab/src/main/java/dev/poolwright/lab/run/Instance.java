package dev.poolwright.lab.run;

import dev.poolwright.lab.subject.Counts;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One running copy of a service that takes operations. Thread-safe. */
interface Instance extends AutoCloseable {

    /** Executes one try; the future always completes, with what became of it. */
    CompletableFuture<Ended> execute(Operation operation);

    /** What its pools hold, by {@code service/pool}; a pool of several processes is summed. */
    Map<String, Counts> counts();

    @Override
    void close();
}
