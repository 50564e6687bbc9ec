package dev.poolwright.lab.run;

import dev.poolwright.lab.subject.Counts;
import java.util.Map;
import java.util.function.Consumer;

/** One running copy of a service that takes operations. Thread-safe. */
interface Instance extends AutoCloseable {

    /** Executes one try; {@code done} is always told, once, what became of it, on any thread. */
    void execute(Operation operation, Consumer<Ended> done);

    /** What its pools hold, by {@code service/pool}; a pool of several processes is summed. */
    Map<String, Counts> counts();

    @Override
    void close();
}
