package dev.poolwright.rules;

import dev.poolwright.model.derive.DerivedFleet;
import dev.poolwright.model.fact.Facts;
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
 * @param facts what a scan found in the source tree; {@link Facts#NONE} without one
 * @param derived whether the fleet is what the tree shows, and nobody has stated it: then nobody is to blame for what it
 *     does not say, and defaults alone are no reason to warn
 */
public record Checked(
        Fleet base, SortedMap<String, Fleet> environments, Map<String, String> reasons, Facts facts, boolean derived) {

    public Checked {
        environments = Collections.unmodifiableSortedMap(new TreeMap<>(environments));
        reasons = Map.copyOf(reasons);
    }

    /** A fleet that somebody has stated. */
    public Checked(Fleet base, SortedMap<String, Fleet> environments, Map<String, String> reasons) {
        this(base, environments, reasons, Facts.NONE, false);
    }

    /** A fleet without environments. */
    public static Checked of(Fleet fleet) {
        return new Checked(fleet, new TreeMap<>(), Map.of());
    }

    /** What a source tree shows, without a fleet file. */
    public static Checked of(Facts facts) {
        return of(DerivedFleet.of(facts), facts);
    }

    public static Checked of(DerivedFleet derived, Facts facts) {
        return new Checked(derived.fleet(), derived.environments(), Map.of(), facts, true);
    }
}
