package dev.poolwright.rules;

import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Value;
import java.util.List;

/** The classes that a pool can have: one, or several where a condition of the source decides. */
final class Kinds {

    private Kinds() {}

    /** Empty where nothing is known of the class. */
    static List<String> of(Pool pool) {
        Value<Object> written = pool.written().get("kind");
        return written == null
                ? List.of(pool.kind())
                : written.possible().stream().map(String::valueOf).distinct().toList();
    }

    /** Whether those are all that it can have. */
    static boolean complete(Pool pool) {
        Value<Object> written = pool.written().get("kind");
        return written == null || written.complete();
    }
}
