package dev.poolwright.rules;

import dev.poolwright.model.fleet.Fleet;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the rules look at.
 *
 * @param base the fleet without an environment
 * @param environments the fleet with each environment applied, by name
 * @param reasons why an environment differs, by environment, for those that say so
 */
public record Checked(Fleet base, SortedMap<String, Fleet> environments, Map<String, String> reasons) {

    public Checked {
        environments = Collections.unmodifiableSortedMap(new TreeMap<>(environments));
        reasons = Map.copyOf(reasons);
    }

    /** A fleet without environments. */
    public static Checked of(Fleet fleet) {
        return new Checked(fleet, new TreeMap<>(), Map.of());
    }
}
