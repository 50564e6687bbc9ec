package dev.poolwright.model.derive;

import dev.poolwright.model.fleet.Value;
import java.util.Optional;

/** What managed servers allow by default, by their tier. The catalogue of limits is kept elsewhere; this is the way to ask it. */
public interface Tiers {

    /** Knows none. */
    Tiers NONE = (engine, tier) -> Optional.empty();

    /**
     * @param engine {@code postgresql} or {@code mysql}
     * @param tier as a manifest writes it, for example {@code db-g1-small} or {@code db.t3.medium}
     * @return empty when the tier is not known
     */
    Optional<Allowed> of(String engine, String tier);

    /**
     * What one tier allows where no manifest says otherwise.
     *
     * @param maxConnections connections of the server
     * @param reserved those of them that applications cannot have
     */
    record Allowed(Value<Integer> maxConnections, Value<Integer> reserved) {}
}
