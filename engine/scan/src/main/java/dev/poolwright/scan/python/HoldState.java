package dev.poolwright.scan.python;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Every session and connection at one point of a function, by the name under which the function knows it.
 *
 * @param dead whether the point is never reached
 */
record HoldState(Map<String, Hold> holds, boolean dead) {

    static final HoldState EMPTY = new HoldState(Map.of(), false);
    static final HoldState DEAD = new HoldState(Map.of(), true);

    Optional<Hold> get(String name) {
        return Optional.ofNullable(holds.get(name));
    }

    HoldState put(String name, Hold hold) {
        if (dead) {
            return this;
        }
        Map<String, Hold> all = new LinkedHashMap<>(holds);
        all.put(name, hold);
        return new HoldState(all, false);
    }

    HoldState without(Predicate<String> names) {
        if (dead || holds.keySet().stream().noneMatch(names)) {
            return this;
        }
        Map<String, Hold> all = new LinkedHashMap<>(holds);
        all.keySet().removeIf(names);
        return new HoldState(all, false);
    }

    boolean holdsAny() {
        return holds.values().stream().anyMatch(Hold::held);
    }

    HoldState join(HoldState other) {
        if (dead) {
            return other;
        }
        if (other.dead) {
            return this;
        }
        Map<String, Hold> all = new LinkedHashMap<>(holds);
        other.holds.forEach((name, hold) -> all.merge(name, hold, Hold::join));
        // what only one way knows was not borrowed on the other
        holds.forEach((name, hold) -> {
            if (!other.holds.containsKey(name) && hold.held()) {
                all.put(name, hold.with(Hold.Status.MAYBE, false));
            }
        });
        other.holds.forEach((name, hold) -> {
            if (!holds.containsKey(name) && hold.held()) {
                all.put(name, hold.with(Hold.Status.MAYBE, false));
            }
        });
        return new HoldState(all, false);
    }
}
